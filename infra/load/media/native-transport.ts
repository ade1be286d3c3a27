/**
 * A transport on libdatachannel, which sends and receives and authenticates every packet. Its peer connection has exactly one
 * m-line: then libdatachannel passes all RTP and RTCP on untouched, whatever its SSRC and payload type. The SFU never sees SDP;
 * the descriptions here are made up from its parameters.
 */
import nodeDataChannel, { type PeerConnection, type Track } from 'node-datachannel';
import type { DtlsParameters, IceParameters } from '@vcallpe/shared';
import { CONNECT_TIMEOUT_MS, type RemoteTransport, type RtpTransport } from './rtp-transport.ts';
import { connecting } from './ticker.ts';

/** Of the m-line, which has to name some codec. Packets are not held to it. */
const PAYLOAD_TYPE = 96;
const MID = '0';

export class NativeTransport implements RtpTransport {
  readonly connected: Promise<void>;
  /** libdatachannel drops what is not authentic by itself, and does not tell. */
  readonly authFailures = 0;
  onPacket: RtpTransport['onPacket'] = () => {};
  readonly #settled = Promise.withResolvers<void>();
  readonly #connection: PeerConnection;
  #track: Track | undefined;
  #offered: DtlsParameters | undefined;
  #ice: IceParameters | undefined;
  #stopWaiting = () => {};
  #closed = false;

  constructor() {
    this.connected = this.#settled.promise;
    // Whoever awaits it hears of the failure; it must not end the process when nobody does.
    this.connected.catch(() => {});
    this.#connection = new nodeDataChannel.PeerConnection('', {
      iceServers: [],
      disableAutoNegotiation: true,
    });
    this.#connection.onStateChange((state) => {
      if (state === 'failed') this.#fail(new Error('ICE or DTLS failed'));
    });
  }

  get iceParameters(): IceParameters {
    if (!this.#ice) throw new Error('Not started');
    return this.#ice;
  }

  /**
   * Makes our parameters before the SFU's are known, for SFUs that answer offers. `start` is then given those of the answer,
   * and the SFU has to take the active role.
   */
  async offer(): Promise<{ iceParameters: IceParameters; dtlsParameters: DtlsParameters }> {
    const video = new nodeDataChannel.Video(MID, 'SendRecv');
    video.addVP8Codec(PAYLOAD_TYPE);
    this.#use(this.#connection.addTrack(video));
    this.#offered = await this.#describe('offer');
    return { iceParameters: this.iceParameters, dtlsParameters: this.#offered };
  }

  async start(remote: RemoteTransport): Promise<DtlsParameters> {
    const since = performance.now();
    this.#stopWaiting = connecting.add(() => {
      if (performance.now() - since <= CONNECT_TIMEOUT_MS) return;
      this.#fail(new Error(`Waited ${CONNECT_TIMEOUT_MS} ms for ICE and DTLS`));
    });
    if (this.#offered) {
      this.#connection.setRemoteDescription(describeRemote(remote, 'active'), 'answer');
      return this.#offered;
    }
    this.#connection.onTrack((track) => this.#use(track));
    this.#connection.setRemoteDescription(describeRemote(remote, 'actpass'), 'offer');
    return this.#describe('answer');
  }

  send(packet: Buffer): boolean {
    try {
      return this.#track?.isOpen() === true && this.#track.sendMessageBinary(packet);
    } catch {
      // It throws on a track that is not open, and libdatachannel closes one at any moment, on a thread of its own.
      return false;
    }
  }

  decrypt(packet: Buffer): Buffer {
    return packet;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopWaiting();
    this.#settled.reject(new Error('The transport was closed'));
    this.onPacket = () => {};
    this.#track?.close();
    this.#connection.close();
  }

  #use(track: Track): void {
    this.#track = track;
    track.onOpen(() => {
      this.#stopWaiting();
      this.#settled.resolve();
    });
    // A track that nobody hears closing, or that is not closed itself, keeps the process from ending (node-datachannel 0.33).
    track.onClosed(() => {});
    track.onMessage((packet) => this.onPacket(packet, performance.now()));
  }

  /** Sets the local description and reads our parameters in it. */
  #describe(type: 'offer' | 'answer'): Promise<DtlsParameters> {
    return new Promise((resolve, reject) => {
      this.#connection.onLocalDescription((sdp) => {
        const fingerprint = /a=fingerprint:sha-256 (\S+)/i.exec(sdp)?.[1];
        const usernameFragment = /a=ice-ufrag:(\S+)/.exec(sdp)?.[1];
        const password = /a=ice-pwd:(\S+)/.exec(sdp)?.[1];
        if (!fingerprint || !usernameFragment || !password) {
          reject(new Error('libdatachannel made a description without ICE or DTLS parameters'));
          return;
        }
        this.#ice = { usernameFragment, password };
        resolve({
          role: type === 'offer' ? 'server' : 'client',
          fingerprints: [{ algorithm: 'sha-256', value: fingerprint }],
        });
      });
      this.#connection.setLocalDescription(type);
    });
  }

  #fail(error: Error): void {
    this.#settled.reject(error);
    this.close();
  }
}

/** SDP of the SFU's half. */
function describeRemote(
  { iceParameters, iceCandidates, dtlsParameters }: RemoteTransport,
  setup: 'actpass' | 'active',
): string {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const candidates = iceCandidates.filter(({ protocol }) => protocol === 'udp');
  if (!fingerprint) throw new Error('The SFU has no SHA-256 fingerprint');
  if (candidates.length === 0) throw new Error('The SFU has no UDP candidate');
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    ...(iceParameters.iceLite ? ['a=ice-lite'] : []),
    `a=group:BUNDLE ${MID}`,
    `m=video 9 UDP/TLS/RTP/SAVPF ${PAYLOAD_TYPE}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${MID}`,
    'a=sendrecv',
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint.value}`,
    `a=setup:${setup}`,
    'a=rtcp-mux',
    `a=rtpmap:${PAYLOAD_TYPE} VP8/90000`,
    ...candidates.map(
      ({ foundation, priority, address, port, type }) =>
        `a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ ${type}`,
    ),
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
