/** A firewall that lets one protocol through: it stands at an address of its own and forwards to the media server. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Loopback has 16 million addresses; the media server is at another one. */
export const FORWARDED_ADDRESS = '127.0.0.9';
const SERVER = '127.0.0.1';

export interface Forwarder {
  close(): Promise<void>;
}

export async function forwardTcp(port: number): Promise<Forwarder> {
  const sockets = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(port, SERVER);
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    from.pipe(to).pipe(from);
  }).listen(port, FORWARDED_ADDRESS);
  await once(server, 'listening');
  return {
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** @param mayPass is asked of each packet on its way to the media server */
export async function forwardUdp(
  port: number,
  mayPass: (packet: Buffer) => boolean = () => true,
): Promise<Forwarder> {
  const clients = new Map<number, UdpSocket>();
  const server = createSocket('udp4');
  server.on('message', (packet, from) => {
    if (!mayPass(packet)) return;
    let client = clients.get(from.port);
    if (!client) {
      client = createSocket('udp4').on('message', (answer) => server.send(answer, from.port, from.address));
      clients.set(from.port, client);
    }
    client.send(packet, port, SERVER);
  });
  server.bind(port, FORWARDED_ADDRESS);
  await once(server, 'listening');
  return {
    async close() {
      for (const client of clients.values()) client.close();
      await new Promise<void>((done) => server.close(done));
    },
  };
}
