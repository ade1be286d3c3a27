import { describe, expect, it } from '@jest/globals';
import type { Peer } from './peer.ts';
import { RepairBudget } from './repair-budget.ts';
import type { Step } from './repairs.ts';

/** The budget only tells one from another. */
const somebody = (): Peer => ({}) as Peer;

describe('the budget for repairs', () => {
  it('asks each path once, for however many of its streams', () => {
    let clock = 0;
    const budget = new RepairBudget(() => clock);
    const [viewer, publisher] = [somebody(), somebody()];
    const of = (from: Peer, cause: 'notReceived' | 'publisherSilent', step: Step, now: number) => {
      clock = now;
      return budget.leave(viewer, { from }, cause, step);
    };
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
    let clock = 0;
    const budget = new RepairBudget(() => clock);
    const ask = () => budget.leave(somebody(), { from: somebody() }, 'notReceived', 'restartIce');
    const granted = (count: number, now: number) => {
      clock = now;
      return Array.from({ length: count }, ask).filter((leave) => leave === 'granted').length;
    };
    expect(granted(300, 0)).toBe(20);
    expect(granted(300, 1_000)).toBe(4);
    expect(granted(300, 60_000)).toBe(20);
  });

  it('leaves alone what costs next to nothing', () => {
    const budget = new RepairBudget();
    for (let i = 0; i < 1_000; i += 1) {
      expect(budget.leave(somebody(), { from: somebody() }, 'consumerPaused', 'resume')).toBe('granted');
    }
  });
});
