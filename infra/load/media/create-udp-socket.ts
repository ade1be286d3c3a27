import { linuxUdp } from './linux-udp.ts';
import { NodeSocket } from './node-socket.ts';
import { SweptSocket } from './swept-socket.ts';
import type { UdpSocket } from './udp-socket.ts';

const linux = await linuxUdp();

/** Swept where that is possible, for it takes a third of the CPU; else Node's own. */
export function createUdpSocket(): UdpSocket {
  return linux ? new SweptSocket(linux) : new NodeSocket();
}
