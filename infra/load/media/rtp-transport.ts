import type { DtlsParameters, IceParameters, TransportOptions } from '@vcallpe/shared';

/** What the SFU tells of its half of a transport; `TransportOptions` of the signaling is one. */
export type RemoteTransport = Pick<TransportOptions, 'iceParameters' | 'iceCandidates' | 'dtlsParameters'>;

/** ICE and DTLS together, ms. On a good way it takes less than 0.1 s. */
export const CONNECT_TIMEOUT_MS = 15_000;

/**
 * One ICE + DTLS-SRTP transport that carries raw RTP and RTCP: packets of any SSRC and payload type pass, so that
 * streams come and go without any negotiation here.
 */
export interface RtpTransport {
  /**
   * Begins ICE; resolves with our DTLS parameters, which the SFU must be told. May be called once.
   *
   * @throws when `remote` has no UDP candidate.
   */
  start(remote: RemoteTransport): Promise<DtlsParameters>;
  /** Resolves when DTLS is up. Rejects when it failed, took longer than 15 s, or was closed before. */
  readonly connected: Promise<void>;
  /** Ours, for SFUs that ask for them. Known once `start` has resolved. */
  readonly iceParameters: IceParameters;
  /** Sends one plain RTP or RTCP packet, which may be reused at once. False when it could not be queued. */
  send(packet: Buffer): boolean;
  /**
   * Set by the owner. RTCP arrives plain and authenticated. The header of RTP is plain, its payload as it came; see `decrypt`.
   * The packet is only valid during the call. `atMs` is `performance.now()`.
   */
  onPacket: (packet: Buffer, atMs: number) => void;
  /**
   * The plain packet of an RTP packet that arrived, or undefined when it is not authentic (which is counted).
   *
   * @param rollover how often the sequence number of its SSRC has wrapped since the first packet.
   */
  decrypt(packet: Buffer, rollover: number): Buffer | undefined;
  /** Packets that failed authentication. */
  readonly authFailures: number;
  close(): void;
}
