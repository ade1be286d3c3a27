/** Plays a film over and over, as a camera would send it. */
import type { DtlsParameters, RtpParameters } from '@vcallpe/shared';
import { NativeTransport } from '../../load/media/native-transport.ts';
import { readFeedback } from '../../load/media/rtcp.ts';
import { isRtcp } from '../../load/media/rtp-packet.ts';
import type { RemoteTransport } from '../../load/media/rtp-transport.ts';
import { pacing } from '../../load/media/ticker.ts';
import type { Outgoing } from '../rivals/sfu.ts';
import { FILM, type FilmFrame } from './film.ts';
import { packetize } from './vp8-packets.ts';

const CLOCK_RATE = 90_000;
const PAYLOAD_TYPE = 96;
const FIRST_SSRC = 10_000;

export class FilmSender {
  readonly transport = new NativeTransport();
  readonly connected = this.transport.connected;
  readonly #ssrc: number;
  readonly #frames: readonly Buffer[];
  /** When frame 0 of all that were sent was due, ms. Senders differ, so that they do not all send at once. */
  readonly #startMs: number;
  #sent = 0;
  #sequence = 0;
  /** What comes next in the film. */
  #position = 0;
  #stop = () => {};

  constructor(index: number, film: readonly FilmFrame[]) {
    this.#ssrc = FIRST_SSRC + index;
    this.#frames = film.map(({ data }) => Buffer.from(data, 'base64'));
    this.#startMs = performance.now() + ((index * 7) % (1000 / FILM.fps));
  }

  start(remote: RemoteTransport): Promise<DtlsParameters> {
    this.transport.onPacket = (packet) => {
      if (!isRtcp(packet)) return;
      // The film begins with the one frame that can be decoded alone.
      readFeedback(packet, { nacked: () => {}, keyframeRequested: () => (this.#position = 0) });
    };
    this.#stop = pacing.add(() => this.#play());
    return this.transport.start(remote);
  }

  rtpParameters(): RtpParameters {
    return {
      mid: '0',
      codecs: [
        {
          mimeType: 'video/VP8',
          payloadType: PAYLOAD_TYPE,
          clockRate: CLOCK_RATE,
          rtcpFeedback: [
            { type: 'nack', parameter: 'pli' },
            { type: 'ccm', parameter: 'fir' },
          ],
        },
      ],
      encodings: [{ ssrc: this.#ssrc }],
      rtcp: { cname: `film-${this.#ssrc}` },
    };
  }

  close(): void {
    this.#stop();
    this.transport.close();
  }

  #play(): void {
    const due = Math.floor(((performance.now() - this.#startMs) * FILM.fps) / 1000);
    for (; this.#sent < due; this.#sent += 1) {
      const frame = this.#frames[this.#position];
      if (!frame) throw new Error('The film is empty');
      this.#position = (this.#position + 1) % this.#frames.length;
      const packets = packetize(frame, {
        ssrc: this.#ssrc,
        payloadType: PAYLOAD_TYPE,
        sequence: this.#sequence,
        timestamp: (this.#sent * CLOCK_RATE) / FILM.fps,
        pictureId: this.#sent,
      });
      this.#sequence += packets.length;
      for (const packet of packets) this.transport.send(packet);
    }
  }
}

/** Somebody with a camera, and no microphone. */
export function filmSender(index: number, film: readonly FilmFrame[]): Outgoing {
  const sender = new FilmSender(index, film);
  return { sender, transport: sender.transport, kinds: ['video'] };
}
