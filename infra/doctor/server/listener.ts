/** Which process listens on a port of this machine, by what Linux tells in /proc. */
import { readdir, readFile, readlink } from 'node:fs/promises';

const LISTEN = '0A';

/** @returns undefined when there is none, when it is another user's, or when this is no Linux */
export async function listenerOn(port: number): Promise<number | undefined> {
  const sockets = await listeningSockets(port);
  if (sockets.size === 0) return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    // Processes end while one looks, and those of others may not be looked into.
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      if (sockets.has(await readlink(`/proc/${pid}/fd/${file}`).catch(() => ''))) return Number(pid);
    }
  }
  return undefined;
}

/** Names of open sockets, as /proc/<pid>/fd has them. */
async function listeningSockets(port: number): Promise<Set<string>> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const sockets = new Set<string>();
  for (const line of tables.join('\n').split('\n')) {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state === LISTEN && parseInt(local.split(':')[1] ?? '', 16) === port)
      sockets.add(`socket:[${inode}]`);
  }
  return sockets;
}
