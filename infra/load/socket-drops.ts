/** Packets that the kernel threw away because a socket of this process was full: lost by us, not by who sent them. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const TABLES = ['/proc/net/udp', '/proc/net/udp6'];

/** Since each UDP socket that is open now was opened. 0 where there is no /proc to tell it. */
export function droppedBySockets(): number {
  try {
    const own = new Set(readdirSync('/proc/self/fd').map(inodeOf));
    const drops = TABLES.flatMap((table) => [...dropsByInode(readFileSync(table, 'utf8'))]);
    return drops.reduce((sum, [inode, count]) => sum + (own.has(inode) ? count : 0), 0);
  } catch {
    return 0;
  }
}

function inodeOf(fd: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1];
  } catch {
    // The one that listed the folder is closed again.
    return undefined;
  }
}

/** From a /proc/net/udp: the inode is its tenth column, the drops are its last. */
export function dropsByInode(table: string): Map<string, number> {
  const rows = table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  return new Map(rows.map((columns) => [columns[9] ?? '', Number(columns.at(-1))]));
}
