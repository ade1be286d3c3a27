/** One clock for all processes of a machine. */

/** Unix time in ms, with fractions, and steady within a process. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** @param atMs of `performance.now()` in this process */
export function toUnix(atMs: number): number {
  return performance.timeOrigin + atMs;
}
