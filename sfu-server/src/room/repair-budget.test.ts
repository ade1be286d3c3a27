import { describe, expect, it } from '@jest/globals';
import type { Peer } from './peer.ts';
import { RepairBudget } from './repair-budget.ts';
import type { Step } from './repairs.ts';

/** The budget only tells one from another. */
const somebody = (): Peer => ({}) as Peer;

describe('the budget for repairs', () => {
  it('asks each path once, for however many of its streams', () => {
    const budget = new RepairBudget();
    const [viewer, publisher] = [somebody(), somebody()];
    const start = performance.now();
    const of = (from: Peer, cause: 'notReceived' | 'publisherSilent', step: Step, afterMs: number) =>
      budget.leave(viewer, { from }, cause, step, start + afterMs);
    expect(of(publisher, 'notReceived', 'restartIce', 0)).toBe('granted');
    expect(of(somebody(), 'notReceived', 'restartIce', 100)).toBe('taken');
    // More than that only when that has not helped.
    expect(of(somebody(), 'notReceived', 'openTransports', 100)).toBe('wait');
    // The way out of the other is another path.
    expect(of(publisher, 'publisherSilent', 'openTransports', 100)).toBe('granted');
    expect(of(publisher, 'publisherSilent', 'restartIce', 200)).toBe('taken');
    expect(of(somebody(), 'notReceived', 'openTransports', 5_000)).toBe('granted');
  });

  it('is spent when hundreds seem broken at once, and grows again', () => {
    const budget = new RepairBudget();
    const ask = (now: number) =>
      budget.leave(somebody(), { from: somebody() }, 'notReceived', 'restartIce', now);
    const granted = (count: number, now: number) =>
      Array.from({ length: count }, () => ask(now)).filter((leave) => leave === 'granted').length;
    const now = performance.now() + 60_000;
    expect(granted(300, now)).toBe(20);
    expect(granted(300, now + 1_000)).toBe(4);
    expect(granted(300, now + 60_000)).toBe(20);
  });

  it('leaves alone what costs next to nothing', () => {
    const budget = new RepairBudget();
    for (let i = 0; i < 1_000; i += 1) {
      expect(budget.leave(somebody(), { from: somebody() }, 'consumerPaused', 'resume')).toBe('granted');
    }
  });
});
