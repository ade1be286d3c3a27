import { expect, test } from '@jest/globals';
import type { AdminNode, AdminWorker } from '@vcallpe/shared';
import { addSample, type CpuHistory } from './cpu-history.ts';

function look(...cpuByPid: [pid: number, cpu: number][]): AdminNode {
  const workers = cpuByPid.map(([pid, cpu], index): AdminWorker => ({
    index,
    pid,
    cpu,
    state: 'serving',
    peers: 0,
    routers: 0,
    consumers: 0,
    load: 0,
  }));
  return {
    at: '2026-01-01T00:00:00.000Z',
    startedAt: '2026-01-01T00:00:00.000Z',
    process: { cpu: 0, memoryBytes: 0 },
    workers,
    totals: { rooms: 0, peers: 0, producers: 0, consumers: 0, pipes: 0 },
    brokenPairs: 0,
    repairs: [],
    rooms: [],
  };
}

test('keeps each worker’s own values, and forgets a worker that is gone', () => {
  let history: CpuHistory = new Map();
  history = addSample(history, look([10, 0.1], [11, 0.5]));
  history = addSample(history, look([10, 0.2], [12, 0.9]));
  expect([...history]).toEqual([
    [10, [0.1, 0.2]],
    [12, [0.9]],
  ]);
});

test('ends at two minutes', () => {
  let history: CpuHistory = new Map();
  for (let i = 0; i < 100; i += 1) history = addSample(history, look([10, i]));
  expect(history.get(10)).toHaveLength(60);
  expect(history.get(10)?.at(-1)).toBe(99);
});
