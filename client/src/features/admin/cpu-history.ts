/** What each worker's CPU was in the last minutes, for the lines in the table. */
import type { AdminNode } from '@vcallpe/shared';

/** Two minutes of looks every 2 s. */
const SAMPLES = 60;

/** By pid: a worker that was replaced begins anew. */
export type CpuHistory = ReadonlyMap<number, readonly number[]>;

/** The history with one more look; workers that are gone are forgotten. */
export function addSample(history: CpuHistory, { workers }: AdminNode): CpuHistory {
  return new Map(workers.map(({ pid, cpu }) => [pid, [...(history.get(pid) ?? []), cpu].slice(-SAMPLES)]));
}
