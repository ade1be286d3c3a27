/** CPU time and memory of other processes, as Linux counts them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ticks of /proc/<pid>/stat in a second. */
let ticksPerSecond: number | undefined;

/**
 * CPU seconds that all threads of these processes have used since each began, in user and kernel mode.
 *
 * @throws when one of them has ended: a sum without it would be a wrong figure
 */
export function cpuSeconds(pids: readonly number[]): number {
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const ticks = pids.reduce((sum, pid) => sum + cpuTicks(readFileSync(`/proc/${pid}/stat`, 'utf8')), 0);
  return ticks / ticksPerSecond;
}

/** utime + stime of one line of /proc/<pid>/stat, whose second field may itself hold spaces and brackets. */
export function cpuTicks(stat: string): number {
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [utime, stime] = [Number(afterName[11]), Number(afterName[12])];
  if (!Number.isFinite(utime + stime)) throw new Error(`This is no /proc/<pid>/stat: ${stat}`);
  return utime + stime;
}

/** Resident memory of these processes together, bytes. */
export function residentBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + residentOf(readFileSync(`/proc/${pid}/status`, 'utf8')), 0);
}

/** VmRSS of a /proc/<pid>/status, bytes. */
export function residentOf(status: string): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error('This process holds no memory: it has ended');
  return Number(kilobytes) * 1024;
}
