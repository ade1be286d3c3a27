import type { LinuxUdp } from './linux-udp.ts';
import { Ticker } from './ticker.ts';
import { RECEIVE_BUFFER, type Target, type UdpSocket } from './udp-socket.ts';

/**
 * How often all sockets of this process are read, ms. A packet waits half of it on average, and that counts as its latency;
 * in a room of 300 each socket has two packets then, which come in one system call.
 */
const SWEEP_MS = 5;
const sweeps = new Ticker(SWEEP_MS);

/** A socket that nothing wakes: it is asked for what it has, again and again, at a third of the CPU of Node's own. */
export class SweptSocket implements UdpSocket {
  onPacket: UdpSocket['onPacket'] = () => {};
  readonly #linux: LinuxUdp;
  readonly #fd: number;
  #stop = () => {};
  #closed = false;

  constructor(linux: LinuxUdp) {
    this.#linux = linux;
    this.#fd = linux.open(RECEIVE_BUFFER);
  }

  async bind(): Promise<void> {
    if (this.#closed) throw new Error('The socket is closed');
    this.#linux.bind(this.#fd);
    this.#stop = sweeps.add(() => {
      const now = performance.now();
      this.#linux.receive(this.#fd, (packet) => {
        // What it is given may have closed it.
        if (!this.#closed) this.onPacket(packet, now);
      });
    });
  }

  async connect({ address, port }: Target): Promise<void> {
    if (this.#closed) throw new Error('The socket is closed');
    this.#linux.connect(this.#fd, address, port);
  }

  send(packet: Buffer, target?: Target): boolean {
    return !this.#closed && this.#linux.send(this.#fd, packet, target);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop();
    this.#linux.close(this.#fd);
  }
}
