import { createSocket } from 'node:dgram';
import { RECEIVE_BUFFER, type Target, type UdpSocket } from './udp-socket.ts';

/** Node's own, which allocates 64 KB and makes two system calls for each packet that arrives. */
export class NodeSocket implements UdpSocket {
  onPacket: UdpSocket['onPacket'] = () => {};
  readonly #socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER });
  #closed = false;

  constructor() {
    this.#socket.on('message', (packet) => this.onPacket(packet, performance.now()));
    // ICMP "port unreachable" while an SFU restarts. What is missing then shows in the figures of the streams.
    this.#socket.on('error', () => {});
  }

  bind(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.once('error', reject).bind(0, () => {
        this.#socket.off('error', reject);
        resolve();
      });
    });
  }

  connect({ address, port }: Target): Promise<void> {
    return new Promise((resolve) => this.#socket.connect(port, address, resolve));
  }

  send(packet: Buffer, target?: Target): boolean {
    if (this.#closed) return false;
    if (target) this.#socket.send(packet, target.port, target.address);
    else this.#socket.send(packet);
    return true;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
  }
}
