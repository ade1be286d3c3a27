import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../browser/wait.ts';
import { linuxUdp } from './linux-udp.ts';
import { NodeSocket } from './node-socket.ts';
import { SweptSocket } from './swept-socket.ts';
import type { UdpSocket } from './udp-socket.ts';

const linux = await linuxUdp();
const KINDS: Record<string, () => UdpSocket> = {
  node: () => new NodeSocket(),
  ...(linux && { swept: () => new SweptSocket(linux) }),
};

it('is swept on Linux, where load is generated', () => {
  expect(linux !== undefined).toBe(process.platform === 'linux');
});

describe.each(Object.keys(KINDS))('a %s socket', (kind) => {
  let socket: UdpSocket;
  let far: Socket;
  let target: { address: string; port: number };
  let received: string[];

  beforeEach(async () => {
    far = createSocket('udp4');
    await new Promise<void>((resolve) => far.bind(0, '127.0.0.1', resolve));
    target = { address: '127.0.0.1', port: far.address().port };
    socket = (KINDS[kind] ?? KINDS['node'])!();
    received = [];
    socket.onPacket = (packet) => received.push(packet.toString());
    await socket.bind();
  });
  afterEach(() => {
    socket.close();
    far.close();
  });

  /** @returns our port, as the far end sees it */
  async function arrives(text: string, to?: typeof target): Promise<number> {
    const message = once(far, 'message') as Promise<[Buffer, { port: number }]>;
    expect(socket.send(Buffer.from(text), to)).toBe(true);
    const [packet, { port }] = await message;
    expect(packet.toString()).toBe(text);
    return port;
  }

  it('sends to a target, and to whom it is connected', async () => {
    const port = await arrives('to you', target);
    await socket.connect(target);
    expect(await arrives('to you again')).toBe(port);
  });

  it('gets all of a burst whole and in order, each with the time of its arrival', async () => {
    const port = await arrives('hello', target);
    const times: number[] = [];
    const since = performance.now();
    socket.onPacket = (packet, atMs) => {
      received.push(packet.toString());
      times.push(atMs);
    };
    // More than one call takes, and of every length that an MTU of 1500 allows.
    const burst = Array.from({ length: 200 }, (_, i) => `${i} `.padEnd(i === 199 ? 1472 : 7 * (i + 1), '.'));
    for (const text of burst) far.send(text, port, '127.0.0.1');
    await until('the whole burst', () => received.length === burst.length);
    expect(received).toEqual(burst);
    expect(times.every((at) => at >= since && at <= performance.now())).toBe(true);
  });

  it('hears only whom it is connected to', async () => {
    const port = await arrives('hello', target);
    await socket.connect(target);
    const stranger = createSocket('udp4');
    await new Promise<void>((resolve, reject) =>
      stranger.send('from a stranger', port, '127.0.0.1', (error) => (error ? reject(error) : resolve())),
    );
    far.send('from you', port, '127.0.0.1');
    await until('the packet', () => received.length > 0);
    expect(received).toEqual(['from you']);
    stranger.close();
  });

  it('goes on when nobody listens for a while', async () => {
    const port = await arrives('hello', target);
    await socket.connect(target);
    await new Promise<void>((resolve) => far.close(resolve));
    for (let i = 0; i < 5; i += 1) expect(socket.send(Buffer.from('lost'))).toBe(true);
    far = createSocket('udp4');
    await new Promise<void>((resolve) => far.bind(target.port, '127.0.0.1', resolve));
    await until('an answer', () => {
      far.send('here again', port, '127.0.0.1');
      return received.length > 0;
    });
    // The error of a packet before may take the place of one.
    const message = once(far, 'message');
    await until('what is sent to arrive', async () => {
      socket.send(Buffer.from('and you'));
      return Promise.race([message, new Promise((resolve) => setTimeout(resolve, 20, undefined))]);
    });
  });

  it('is silent once it is closed, in the middle of a burst too', async () => {
    const port = await arrives('hello', target);
    socket.onPacket = (packet) => {
      received.push(packet.toString());
      socket.close();
    };
    far.send('one', port, '127.0.0.1');
    far.send('two', port, '127.0.0.1');
    await until('the first', () => received.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(received).toEqual(['one']);
    socket.onPacket = () => {};
  });
});
