// The embedded server as a process: durability, its lock, its socket, and clients that send garbage.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { until } from './contract.ts';
import { socketPathOf, startEmbeddedMongo, uriOf, type EmbeddedMongo } from './index.ts';
import { crc32c } from './wire.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const root = mkdtempSync(join(tmpdir(), 'em-'));
let dir = '';
let count = 0;
const children = new Set<ChildProcess>();

beforeEach(() => {
  dir = join(root, String((count += 1)));
  mkdirSync(dir);
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});
afterAll(() => rmSync(root, { recursive: true }));

/** Starts the server as `npm start` does, and collects what it prints. */
function launch(dataDir = dir): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [MAIN, '--dir', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  });
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => output, ended };
}

async function ready(server: ReturnType<typeof launch>): Promise<void> {
  await until(async () => {
    if (server.child.exitCode !== null) throw new Error(server.output());
    return server.output().includes('ready');
  });
}

async function connected(uri: string): Promise<mongoose.mongo.MongoClient> {
  return new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5000 }).connect();
}

describe('durability', () => {
  it('loses no acknowledged write to kill -9', async () => {
    const acknowledged = new Set<number>();
    let next = 0;
    for (let round = 0; round < 3; round += 1) {
      const server = launch();
      await ready(server);
      const client = await connected(uriOf(socketPathOf(dir), 'durable'));
      const c = client.db().collection<{ _id: number; key: string }>('writes');
      if (round === 0) await c.createIndex({ key: 1 }, { unique: true });
      const writer = async (): Promise<void> => {
        for (;;) {
          const _id = (next += 1);
          try {
            await c.insertOne({ _id, key: `key ${_id}` });
          } catch {
            return;
          }
          acknowledged.add(_id);
        }
      };
      const before = acknowledged.size;
      const writers = Array.from({ length: 8 }, writer);
      await until(async () => acknowledged.size > before + 300);
      server.child.kill('SIGKILL');
      await Promise.all([server.ended, ...writers]);
      await client.close();
    }
    const server = launch();
    await ready(server);
    const client = await connected(uriOf(socketPathOf(dir), 'durable'));
    const c = client.db().collection<{ _id: number; key: string }>('writes');
    const stored = new Set((await c.find().toArray()).map(({ _id }) => _id));
    expect([...acknowledged].filter((_id) => !stored.has(_id))).toEqual([]);
    // The index came through as whole as the documents.
    for (const _id of stored)
      if (_id % 50 === 0) expect(await c.findOne({ key: `key ${_id}` })).toMatchObject({ _id });
    await client.close();
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  }, 120_000);

  it('keeps everything over a clean stop, and says what it is', async () => {
    const first = launch();
    await ready(first);
    expect(first.output()).toMatch(/one machine.*not for high availability.*MONGODB_URI/);
    const client = await connected(uriOf(socketPathOf(dir), 'clean'));
    await client
      .db()
      .collection('c')
      .insertOne({ n: 1 }, { writeConcern: { j: true } });
    await client.close();
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const second = await startEmbeddedMongo({ dir });
    const again = await connected(second.uri('clean'));
    expect(
      await again
        .db()
        .collection('c')
        .findOne({}, { projection: { _id: 0 } }),
    ).toEqual({ n: 1 });
    await again.close();
    await second.close();
  });
});

describe('starting', () => {
  it('refuses a second server on the same directory, and leaves the first unharmed', async () => {
    const first = await startEmbeddedMongo({ dir });
    const client = await connected(first.uri('t'));
    const second = launch();
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/already running/);
    await expect(startEmbeddedMongo({ dir })).rejects.toThrow(/already running/);
    expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
    await first.close();
  });

  it('says so when the path of the socket is too long, or no directory is given', async () => {
    await expect(startEmbeddedMongo({ dir: join(dir, 'x'.repeat(120)) })).rejects.toThrow(
      /Set DATA_DIR to a shorter path/,
    );
    const server = launch('');
    expect(await server.ended).toBe(1);
    expect(server.output()).toMatch(/usage/);
  });

  it('lets only its user at the socket and the file', async () => {
    const mongo = await startEmbeddedMongo({ dir });
    expect(statSync(mongo.socketPath).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'mongo')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, 'mongo', 'db.sqlite')).mode & 0o777).toBe(0o600);
    await mongo.close();
  });
});

/** An OP_MSG with the given flags, a body, and what follows the body. */
function opMsg(flags: number, body: Record<string, unknown>, rest: Uint8Array = Buffer.alloc(0)): Buffer {
  const bson = mongoose.mongo.BSON.serialize(body);
  const message = Buffer.concat([Buffer.alloc(21), bson, rest]);
  message.writeInt32LE(message.length + (flags & 1 ? 4 : 0), 0);
  message.writeInt32LE(7, 4);
  message.writeInt32LE(2013, 12);
  message.writeUInt32LE(flags, 16);
  return message;
}

describe('the wire', () => {
  let mongo: EmbeddedMongo;
  let client: mongoose.mongo.MongoClient;
  beforeEach(async () => {
    mongo = await startEmbeddedMongo({ dir });
    client = await connected(mongo.uri('wire'));
  });
  afterEach(async () => {
    await client.close();
    await mongo.close();
  });

  /** Sends bytes; resolves with what comes back until one answer is complete or the server hangs up. */
  async function exchange(...chunks: Buffer[]): Promise<Record<string, unknown> | 'closed'> {
    const socket = connect(mongo.socketPath);
    let answer = Buffer.alloc(0);
    const done = new Promise<Record<string, unknown> | 'closed'>((resolve) => {
      socket.on('data', (chunk: Buffer) => {
        answer = Buffer.concat([answer, chunk]);
        if (answer.length >= 4 && answer.length >= answer.readInt32LE(0))
          resolve(mongoose.mongo.BSON.deserialize(answer.subarray(21)));
      });
      socket.on('error', () => resolve('closed'));
      socket.on('close', () => resolve('closed'));
    });
    for (const chunk of chunks) socket.write(chunk);
    const result = await done;
    socket.destroy();
    return result;
  }

  const ping = { ping: 1, $db: 'wire' };
  const broken: [string, Buffer][] = [
    ['no protocol at all', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['a negative length', Buffer.alloc(32, 0xff)],
    ['a length of zero', Buffer.alloc(32)],
    ['a message over 48 MB', Buffer.from([0xff, 0xff, 0xff, 0x7f, ...Array.from({ length: 28 }, () => 0)])],
    ['an unknown required flag', opMsg(1 << 5, ping)],
    ['an unknown kind of section', opMsg(0, ping, Buffer.from([9]))],
    ['two bodies', opMsg(0, ping, Buffer.concat([Buffer.of(0), mongoose.mongo.BSON.serialize(ping)]))],
    ['a sequence beyond the message', opMsg(0, ping, Buffer.from([1, 0xff, 0xff, 0, 0, 0x61, 0]))],
    ['a cut sequence', opMsg(0, ping, Buffer.from([1, 5]))],
    ['a wrong checksum', Buffer.concat([opMsg(1, ping), Buffer.alloc(4)])],
    ['a document with a wrong length', opMsg(0, ping).fill(0xff, 21, 25)],
    ['a document of broken fields', opMsg(0, ping).fill(0x77, 25, 30)],
  ];

  it.each(broken)('closes a connection that sends %s, and only that one', async (_, bytes) => {
    expect(await exchange(bytes)).toBe('closed');
    expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('takes a right checksum, and bytes in any portions', async () => {
    const message = opMsg(1, ping);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(crc32c(message));
    expect(await exchange(message, checksum)).toMatchObject({ ok: 1 });
    // The check value of CRC-32C.
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(await exchange(...[...opMsg(0, ping)].map((byte) => Buffer.of(byte)))).toMatchObject({ ok: 1 });
  });

  it('does what it is asked without an answer when none is wanted', async () => {
    const insert = opMsg(2, { insert: 'c', documents: [{ _id: 1 }], $db: 'wire', writeConcern: { w: 0 } });
    expect(await exchange(insert, opMsg(0, ping))).toMatchObject({ ok: 1 });
    expect(await client.db().collection('c').countDocuments()).toBe(1);
  });

  it('survives nesting that no parser should follow', async () => {
    let nested = Buffer.from(mongoose.mongo.BSON.serialize({ x: 1 }));
    // Grown by hand, because a serializer would run out of stack itself.
    for (let depth = 0; depth < 20_000; depth += 1) {
      const head = Buffer.alloc(7);
      head.writeInt32LE(nested.length + 8, 0);
      head[4] = 3;
      head[5] = 0x61;
      nested = Buffer.concat([head, nested, Buffer.of(0)]);
      if (nested.length > 200_000) break;
    }
    const message = Buffer.concat([opMsg(0, ping).subarray(0, 21), nested]);
    message.writeInt32LE(message.length, 0);
    const answer = await exchange(message);
    expect(answer === 'closed' || answer['ok'] === 0).toBe(true);
    expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});
