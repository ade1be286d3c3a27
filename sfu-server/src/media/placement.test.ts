import { describe, expect, it } from '@jest/globals';
import { choosePlace } from './placement.ts';

const worker = (load: number, draining = false) => ({ load, draining });

describe('choosePlace', () => {
  it('begins a room on the least loaded worker', () => {
    const workers = [worker(0.6), worker(0.2), worker(0.4)];
    expect(choosePlace(workers, new Set())).toBe(workers[1]);
  });

  it('keeps a room together while its worker is within its budget, even if another is idle', () => {
    const workers = [worker(0.9), worker(0)];
    expect(choosePlace(workers, new Set([workers[0]!]))).toBe(workers[0]);
  });

  it('spreads when the budget is used up, and then balances', () => {
    const full = worker(1.2);
    const idle = worker(0.1);
    expect(choosePlace([full, idle], new Set([full]))).toBe(idle);
    const fuller = worker(1.5);
    expect(choosePlace([full, fuller], new Set([full, fuller]))).toBe(full);
  });

  it('never chooses a worker that drains', () => {
    const draining = worker(0, true);
    const busy = worker(3);
    expect(choosePlace([draining, busy], new Set([draining]))).toBe(busy);
    expect(choosePlace([draining], new Set())).toBeUndefined();
  });
});
