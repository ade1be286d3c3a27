/** The few system calls of Linux that a swept socket takes, by way of koffi; undefined where they can't be had. */
import { endianness } from 'node:os';

/** socket(7), ip(7), recvmmsg(2): the same on x64 and arm64. */
const AF_INET = 2;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const MSG_DONTWAIT = 0x40;
const ECONNREFUSED = 111;
/** struct sockaddr_in, iovec and mmsghdr, bytes. */
const SOCKADDR = 16;
const IOVEC = 16;
const MMSGHDR = 64;
const AT = { iov: 16, iovCount: 24, received: 56 };

/** More than any packet has whose sender heeds an MTU of 1500, bytes. */
const PACKET = 2048;
/** As many are taken in one call. */
const BATCH = 64;

export interface LinuxUdp {
  /** @returns a file descriptor that never blocks. @throws when there is none to be had */
  open(receiveBuffer: number): number;
  /** To any port of any address. */
  bind(fd: number): void;
  connect(fd: number, address: string, port: number): void;
  /** False when it was not taken, because the buffer is full. That nobody listens there is no failure. */
  send(fd: number, packet: Buffer, to?: { address: string; port: number }): boolean;
  /** Gives `each` everything that has come. A packet is only valid during the call. */
  receive(fd: number, each: (packet: Buffer) => void): void;
  close(fd: number): void;
}

export async function linuxUdp(): Promise<LinuxUdp | undefined> {
  const known = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch);
  if (!known || endianness() !== 'LE') return undefined;
  const koffi = await import('koffi').then((module) => module.default).catch(() => undefined);
  if (!koffi) return undefined;
  const libc = koffi.load(null);
  const socket = libc.func('int socket(int, int, int)');
  const setsockopt = libc.func('int setsockopt(int, int, int, const void *, uint32_t)');
  const bind = libc.func('int bind(int, const void *, uint32_t)');
  const connect = libc.func('int connect(int, const void *, uint32_t)');
  const send = libc.func('int64_t send(int, const void *, size_t, int)');
  const sendto = libc.func('int64_t sendto(int, const void *, size_t, int, const void *, uint32_t)');
  const recvmmsg = libc.func('int recvmmsg(int, void *, uint32_t, int, void *)');
  const close = libc.func('int close(int)');

  /** @throws by the name of the call */
  const checked = (call: string, result: number): number => {
    if (result < 0) throw new Error(`${call} failed with errno ${koffi.errno()}`);
    return result;
  };
  // All in one buffer that `receive` holds on to: what is pointed to by its address alone would be collected as garbage.
  const messages = Buffer.alloc(BATCH * (MMSGHDR + IOVEC + PACKET));
  const packets = Array.from({ length: BATCH }, (_, i) => {
    const header = i * MMSGHDR;
    const vector = BATCH * MMSGHDR + i * IOVEC;
    const packet = BATCH * (MMSGHDR + IOVEC) + i * PACKET;
    const pointerTo = (offset: number) => koffi.address(messages) + BigInt(offset);
    messages.writeBigUInt64LE(pointerTo(vector), header + AT.iov);
    messages.writeBigUInt64LE(1n, header + AT.iovCount);
    messages.writeBigUInt64LE(pointerTo(packet), vector);
    messages.writeBigUInt64LE(BigInt(PACKET), vector + 8);
    return messages.subarray(packet, packet + PACKET);
  });

  return {
    open(receiveBuffer) {
      const fd = checked('socket', socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
      const size = Buffer.alloc(4);
      size.writeInt32LE(receiveBuffer);
      setsockopt(fd, SOL_SOCKET, SO_RCVBUF, size, size.length);
      return fd;
    },
    bind: (fd) => void checked('bind', bind(fd, socketAddress('0.0.0.0', 0), SOCKADDR)),
    connect: (fd, address, port) =>
      void checked('connect', connect(fd, socketAddress(address, port), SOCKADDR)),
    send(fd, packet, to) {
      const sent: number = to
        ? sendto(fd, packet, packet.length, MSG_DONTWAIT, socketAddress(to.address, to.port), SOCKADDR)
        : send(fd, packet, packet.length, MSG_DONTWAIT);
      return sent >= 0 || koffi.errno() === ECONNREFUSED;
    },
    receive(fd, each) {
      let count: number;
      do {
        count = recvmmsg(fd, messages, BATCH, MSG_DONTWAIT, null);
        for (let i = 0; i < count; i += 1) {
          const packet = packets[i];
          if (packet) each(packet.subarray(0, messages.readUInt32LE(i * MMSGHDR + AT.received)));
        }
      } while (count === BATCH);
    },
    close: (fd) => void close(fd),
  };
}

function socketAddress(address: string, port: number): Buffer {
  const bytes = Buffer.alloc(SOCKADDR);
  bytes.writeUInt16LE(AF_INET, 0);
  bytes.writeUInt16BE(port, 2);
  address.split('.').forEach((part, i) => bytes.writeUInt8(Number(part), 4 + i));
  return bytes;
}
