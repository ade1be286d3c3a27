// A lock between processes, held by a listening unix socket: the system lets go of it however its holder ends, so there
// is no stale lock to clean up by hand and no process id that could belong to somebody else by now.
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCode } from './errno.ts';

/** Systems allow 104 to 108 bytes for the path of a unix socket. */
const MOST_PATH_BYTES = 100;

export interface Lock {
  release(): Promise<void>;
}

function socketPath(path: string): string {
  if (Buffer.byteLength(path) <= MOST_PATH_BYTES) return path;
  return join(tmpdir(), `vcallpe-${createHash('sha256').update(path).digest('hex').slice(0, 24)}.lock`);
}

interface Holder {
  server: Server;
  waiting: Set<Socket>;
}

function listen(path: string): Promise<Holder> {
  return new Promise((resolve, reject) => {
    // Those who wait keep their connection open: that it closes tells them that the lock is free.
    const waiting = new Set<Socket>();
    const server = createServer((socket) => {
      waiting.add(socket.unref());
      socket.on('error', () => socket.destroy()).on('close', () => waiting.delete(socket));
    });
    server.once('error', reject);
    server.listen(path, () => resolve({ server: server.unref(), waiting }));
  });
}

function release({ server, waiting }: Holder): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of waiting) socket.destroy();
  });
}

/** Says whether somebody holds the lock; with `untilReleased`, only once they have let go. */
function isHeld(path: string, untilReleased: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let connected = false;
    socket.once('connect', () => {
      connected = true;
      if (untilReleased) socket.resume();
      else socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => resolve(connected));
  });
}

async function acquire(path: string, wait: boolean): Promise<Lock | undefined> {
  const address = socketPath(path);
  for (;;) {
    try {
      const holder = await listen(address);
      return { release: () => release(holder) };
    } catch (error) {
      if (!hasCode(error, 'EADDRINUSE')) throw error;
    }
    if (await isHeld(address, wait)) {
      if (!wait) return undefined;
    } else {
      // Its holder was killed and left the file behind.
      await rm(address, { force: true });
    }
  }
}

/** Takes the lock, or returns undefined at once when somebody else holds it. The folder must exist. */
export function tryLock(path: string): Promise<Lock | undefined> {
  return acquire(path, false);
}

/** Does the work while holding the lock, after everybody who has it now. The folder must exist. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = await acquire(path, true);
  try {
    return await work();
  } finally {
    await lock?.release();
  }
}
