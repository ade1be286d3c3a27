/** A UDP socket as transports for crowds need it: IPv4, one remote address at last. */
export interface Target {
  /** IPv4, in numbers. */
  address: string;
  port: number;
}

export interface UdpSocket {
  /** Set by the owner. The packet is only valid during the call. `atMs` is `performance.now()`. */
  onPacket: (packet: Buffer, atMs: number) => void;
  /** To any port. To be called first. */
  bind(): Promise<void>;
  /** From now on `send` needs no target, and only what comes from there arrives. */
  connect(target: Target): Promise<void>;
  /** False when the packet was not taken. What nobody listens to is lost without a word. */
  send(packet: Buffer, target?: Target): boolean;
  close(): void;
}

/** Bytes that wait to be read: a burst of keyframes must fit. The kernel caps it at net.core.rmem_max. */
export const RECEIVE_BUFFER = 4_000_000;
