/** Transports that do something wrong on purpose, to see whether the load tester notices. For tests alone. */
import { LeanTransport } from './media/lean-transport.ts';
import { isRtcp } from './media/rtp-packet.ts';
import type { RemoteTransport, RtpTransport } from './media/rtp-transport.ts';

type Deliver = RtpTransport['onPacket'];

export interface Fault {
  /** Gets each RTP packet that arrives, and passes it on or does not. It is only valid during the call. */
  receive(packet: Buffer, deliver: (packet: Buffer) => void): void;
  /** Whether this RTCP packet of ours may go out. */
  maySend?(packet: Buffer): boolean;
}

export class BrokenTransport implements RtpTransport {
  onPacket: Deliver = () => undefined;
  readonly #inner = new LeanTransport();
  readonly #fault: Fault;

  constructor(fault: Fault) {
    this.#fault = fault;
    const deliver = (packet: Buffer) => this.onPacket(packet, performance.now());
    this.#inner.onPacket = (packet, atMs) => {
      if (isRtcp(packet)) this.onPacket(packet, atMs);
      else this.#fault.receive(packet, deliver);
    };
  }

  get connected(): Promise<void> {
    return this.#inner.connected;
  }

  get iceParameters() {
    return this.#inner.iceParameters;
  }

  get authFailures(): number {
    return this.#inner.authFailures;
  }

  start(remote: RemoteTransport) {
    return this.#inner.start(remote);
  }

  send(packet: Buffer): boolean {
    return this.#fault.maySend?.(packet) === false || this.#inner.send(packet);
  }

  decrypt(packet: Buffer, rollover: number): Buffer | undefined {
    return this.#inner.decrypt(packet, rollover);
  }

  close(): void {
    this.#inner.close();
  }
}

/** Lets so many videos through, and swallows all others: also what is sent again in place of one that did not arrive. */
export function swallowVideosBut(count: number): Fault {
  const delivered = new Set<number>();
  let videoType: number | undefined;
  return {
    receive(packet, deliver) {
      const ssrc = packet.readUInt32BE(8);
      const payloadType = (packet[1] ?? 0) & 0x7f;
      // No packet of Opus is as large as this. mediasoup's bandwidth probes are, and belong to no track.
      if (packet.length > 400 && ssrc !== PROBE_SSRC) videoType ??= payloadType;
      if (payloadType === videoType && delivered.size < count) delivered.add(ssrc);
      if (payloadType !== videoType || delivered.has(ssrc)) deliver(packet);
    },
  };
}

/** Loses one packet in ten, and never asks for them again. */
export function lose(): Fault {
  let count = 0;
  return {
    receive(packet, deliver) {
      count += 1;
      if (count % 10 !== 0) deliver(packet);
    },
    maySend: (packet) => !(packet[1] === RTPFB && ((packet[0] ?? 0) & 0x1f) === GENERIC_NACK),
  };
}

/** Lets everything through, but only every other half second. */
export function stutter(): Fault {
  let held: Buffer[] = [];
  return {
    receive(packet, deliver) {
      held.push(Buffer.from(packet));
      if (Math.floor(performance.now() / 500) % 2 === 0) return;
      const due = held;
      held = [];
      due.forEach(deliver);
    },
  };
}

const PROBE_SSRC = 1234;
const RTPFB = 205;
const GENERIC_NACK = 1;
