import type { DtlsParameters, RtpParameters } from '@vcallpe/shared';
import { NativeTransport } from './native-transport.ts';
import { OpusSource } from './opus-source.ts';
import type { OutgoingStream, Outlet } from './outgoing-stream.ts';
import { isRtcp } from './rtp-packet.ts';
import { readFeedback } from './rtcp.ts';
import type { RemoteTransport, RtpTransport } from './rtp-transport.ts';
import { audioParameters, MID, videoParameters } from './sent-parameters.ts';
import { pacing, reports } from './ticker.ts';
import { Vp8Source, type VideoLayer } from './vp8-source.ts';

export type { VideoLayer };

export interface PublisherOptions {
  /** Makes its SSRCs: unique among the publishers of an SFU, 0 to 400 million. */
  id: number;
  /** Lowest layer first, at most 4. */
  video?: readonly VideoLayer[];
  audio?: { speaking: boolean };
  /** When its frames fall within the frame interval, ms, so that publishers don't all send at once. Random by default. */
  startPhaseMs?: number;
  /** A NativeTransport by default, another's whole stack. In mass, a LeanTransport takes less. */
  transport?: RtpTransport;
}

export interface StreamSent {
  packets: number;
  /** RTP packets with their headers; without those that are sent again. */
  bytes: number;
}

export interface LayerSent extends StreamSent {
  keyframes: number;
  /** PLI and FIR received for it. */
  keyframeRequests: number;
}

export interface PublisherStats {
  audio?: StreamSent;
  /** In the order of the options. */
  video: LayerSent[];
  /** Sent again because the SFU asked for them by NACK. */
  resent: number;
  /** Asked for, but too old to be known. */
  unknown: number;
  /** Packets that the transport could not take. */
  sendFailures: number;
}

/** SSRCs of a publisher: layers 0 to 3, and audio. */
const SSRCS = 10;
const AUDIO_SSRC = 9;
/** Below it are SSRCs with a meaning: 1234 is mediasoup's probation. */
const FIRST_SSRC = 10_000;
/** Within which publishers are spread by default: the frame interval at 15 fps. */
const PHASES_MS = 67;

/** Sends what a camera and a microphone would, from the moment that the transport is connected. */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #transport: RtpTransport;
  readonly #video: Vp8Source[];
  readonly #audio: OpusSource | undefined;
  readonly #originMs: number;
  readonly #stop: (() => void)[] = [];
  readonly #paused = { audio: false, video: false };
  #connected = false;
  #maxSpatialLayer: number;
  #resent = 0;
  #unknown = 0;
  #sendFailures = 0;

  constructor(options: PublisherOptions) {
    const { id, video = [], audio, startPhaseMs = Math.random() * PHASES_MS } = options;
    this.#options = options;
    this.#transport = options.transport ?? new NativeTransport();
    this.#originMs = performance.now() + startPhaseMs;
    const outlet: Outlet = {
      transportSequence: 0,
      send: (packet) => {
        if (!this.#transport.send(packet)) this.#sendFailures++;
      },
    };
    const ssrc = FIRST_SSRC + id * SSRCS;
    this.#video = video.map((layer, i) => new Vp8Source(layer, ssrc + i, MID.video, outlet));
    if (audio) this.#audio = new OpusSource(audio.speaking, ssrc + AUDIO_SSRC, MID.audio, outlet);
    this.#maxSpatialLayer = video.length - 1;
    this.#transport.onPacket = (packet) => this.#received(packet);
    this.#transport.connected.then(
      () => this.#begin(),
      () => {},
    );
  }

  get connected(): Promise<void> {
    return this.#transport.connected;
  }

  get stats(): PublisherStats {
    return {
      ...(this.#audio ? { audio: sent(this.#audio.stream) } : {}),
      video: this.#video.map(({ stream, keyframes, keyframeRequests }) => ({
        ...sent(stream),
        keyframes,
        keyframeRequests,
      })),
      resent: this.#resent,
      unknown: this.#unknown,
      sendFailures: this.#sendFailures,
    };
  }

  /** It sends what its layers say, and no longer less to make up for keyframes. */
  get steady(): boolean {
    return this.#video.every(({ steady }) => steady);
  }

  /** See `RtpTransport.start`. */
  start(remote: RemoteTransport): Promise<DtlsParameters> {
    return this.#transport.start(remote);
  }

  /**
   * What `produce` takes.
   *
   * @throws when it sends nothing of this kind.
   */
  rtpParameters(kind: 'audio' | 'video'): RtpParameters {
    const cname = `publisher-${this.#options.id}`;
    if (kind === 'audio' && this.#audio) return audioParameters(this.#audio.stream.ssrc, cname);
    const { video = [] } = this.#options;
    if (kind === 'audio' || video.length === 0) throw new Error(`This publisher sends no ${kind}`);
    return videoParameters(
      video,
      this.#video.map(({ stream }) => stream.ssrc),
      cname,
    );
  }

  /** −1 stops all video. A layer that comes back begins with a keyframe. At first all layers are sent. */
  setMaxSpatialLayer(max: number): void {
    this.#maxSpatialLayer = max;
    this.#apply();
  }

  /** Speaking: 50 packets/s at −25 dBov. Silent: DTX, a packet each 400 ms at −127 dBov. */
  setSpeaking(speaking: boolean): void {
    this.#audio?.setSpeaking(speaking, performance.now());
  }

  setPaused(kind: 'audio' | 'video', paused: boolean): void {
    this.#paused[kind] = paused;
    this.#apply();
  }

  close(): void {
    for (const stop of this.#stop) stop();
    this.#transport.close();
  }

  #begin(): void {
    this.#connected = true;
    this.#apply();
    this.#stop.push(
      pacing.add(() => {
        const now = performance.now();
        for (const source of this.#video) source.tick(now);
        this.#audio?.tick(now);
      }),
      reports.add(() => {
        const now = performance.now();
        for (const source of this.#video) if (source.running) source.stream.report(now);
        if (this.#audio?.running) this.#audio.stream.report(now);
      }),
    );
  }

  /** Makes the sources run that should, and no others. */
  #apply(): void {
    if (!this.#connected) return;
    const now = performance.now();
    this.#video.forEach((source, layer) => {
      const wanted = !this.#paused.video && layer <= this.#maxSpatialLayer;
      if (!wanted) source.stop();
      else if (!source.running) source.run(now, this.#originMs);
    });
    if (this.#paused.audio) this.#audio?.stop();
    else if (this.#audio?.running === false) this.#audio.run(now);
  }

  #received(packet: Buffer): void {
    if (!isRtcp(packet)) return;
    readFeedback(packet, {
      nacked: (media, sequence) => {
        const stream = this.#streamOf(media);
        if (!stream) return;
        if (stream.resend(sequence)) this.#resent++;
        else this.#unknown++;
      },
      keyframeRequested: (media) =>
        this.#video.find(({ stream }) => stream.ssrc === media)?.requestKeyframe(),
    });
  }

  #streamOf(ssrc: number): OutgoingStream | undefined {
    if (this.#audio?.stream.ssrc === ssrc) return this.#audio.stream;
    return this.#video.find(({ stream }) => stream.ssrc === ssrc)?.stream;
  }
}

function sent({ packets, bytes }: OutgoingStream): StreamSent {
  return { packets, bytes };
}
