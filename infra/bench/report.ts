/** Results as JSON under results/, with what is needed to compare them later: commit, machine, time. */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';

export const RESULTS = join(import.meta.dirname, 'results');

/** @returns the file that was written */
export async function writeResult(name: string, result: object): Promise<string> {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const report = {
    name,
    commit: git('rev-parse', 'HEAD'),
    /** Whether the tree differed from that commit; results do not count as a difference. */
    modified: git('status', '--porcelain', '--', '.', ':!infra/bench/results') !== '',
    at: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model,
      cores: cpus().length,
      memoryGB: Math.round(totalmem() / 2 ** 30),
      platform: `${platform()}-${arch()}`,
      node: process.version,
    },
    ...result,
  };
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `${name}.json`);
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}

/** @param share 0.5 is the median, 0.95 the p95 (nearest rank) */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('No values');
  return value;
}
