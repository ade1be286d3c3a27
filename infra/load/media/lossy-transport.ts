/** Loses packets on purpose, for tests. */
import type { DtlsParameters } from '@vcallpe/shared';
import { isRtcp } from './rtp-packet.ts';
import type { RemoteTransport, RtpTransport } from './rtp-transport.ts';

export interface Loss {
  /** RTP that is sent. True loses it. */
  sent?: (packet: Buffer) => boolean;
  /** RTP that arrives. True loses it. */
  received?: (packet: Buffer) => boolean;
}

const none = () => false;

/** True for each n-th packet of every stream: counted over all of them it may never be the turn of one. */
export function everyNth(n: number): (packet: Buffer) => boolean {
  const counts = new Map<number, number>();
  return (packet) => {
    const ssrc = packet.readUInt32BE(8);
    const count = (counts.get(ssrc) ?? 0) + 1;
    counts.set(ssrc, count);
    return count % n === 0;
  };
}

export class LossyTransport implements RtpTransport {
  onPacket: RtpTransport['onPacket'] = () => {};
  readonly #inner: RtpTransport;
  readonly #losesSent: (packet: Buffer) => boolean;

  constructor(inner: RtpTransport, { sent = none, received = none }: Loss) {
    this.#inner = inner;
    this.#losesSent = sent;
    inner.onPacket = (packet, atMs) => {
      if (isRtcp(packet) || !received(packet)) this.onPacket(packet, atMs);
    };
  }

  get connected(): Promise<void> {
    return this.#inner.connected;
  }

  get iceParameters(): RtpTransport['iceParameters'] {
    return this.#inner.iceParameters;
  }

  get authFailures(): number {
    return this.#inner.authFailures;
  }

  start(remote: RemoteTransport): Promise<DtlsParameters> {
    return this.#inner.start(remote);
  }

  send(packet: Buffer): boolean {
    return (!isRtcp(packet) && this.#losesSent(packet)) || this.#inner.send(packet);
  }

  decrypt(packet: Buffer, rollover: number): Buffer | undefined {
    return this.#inner.decrypt(packet, rollover);
  }

  close(): void {
    this.#inner.close();
  }
}
