import { describe, expect, it } from '@jest/globals';
import { SequenceTracker } from './sequence-tracker.ts';

function tracker(sequences: number[], nackable = true): SequenceTracker {
  const tracker = new SequenceTracker(nackable);
  sequences.forEach((sequence) => tracker.arrived(sequence, 0));
  return tracker;
}

const counts = ({ expected, packets, repaired, lost, pending, reordered, duplicates }: SequenceTracker) => ({
  expected,
  packets,
  repaired,
  lost,
  pending,
  reordered,
  duplicates,
});
const NONE = { expected: 0, packets: 0, repaired: 0, lost: 0, pending: 0, reordered: 0, duplicates: 0 };

/** Asks until nothing is due any more; returns how often. */
function askUntilGivenUp(tracker: SequenceTracker): number {
  let asked = 0;
  for (let nowMs = 0; tracker.missing > 0; nowMs += 1) if (tracker.due(nowMs).length > 0) asked++;
  return asked;
}

describe('SequenceTracker', () => {
  it('expects exactly what came when nothing is lost, over the wrap', () => {
    const whole = tracker(Array.from({ length: 300 }, (_, i) => (65_400 + i) & 0xffff));
    expect(counts(whole)).toEqual({ ...NONE, expected: 300, packets: 300 });
    expect(whole.extended >> 16).toBe(1);
  });

  it('knows the rollover of a late packet from before the wrap', () => {
    const wrapped = tracker([65_534, 0, 65_535]);
    expect(wrapped.extended >> 16).toBe(0);
    expect(counts(wrapped)).toEqual({ ...NONE, expected: 3, packets: 3, reordered: 1 });
  });

  it('tells duplicates', () => {
    const twice = tracker([5, 6, 6, 7, 5]);
    expect(counts(twice)).toEqual({ ...NONE, expected: 3, packets: 3, duplicates: 2 });
  });

  it('asks for what is missing at once, again after 30 ms, and counts what RTX brings', () => {
    const lossy = tracker([5, 8]);
    expect(lossy.due(0)).toEqual([6, 7]);
    expect(lossy.due(29)).toEqual([]);
    expect(lossy.retransmitted(6)).toBe(true);
    expect(lossy.due(30)).toEqual([7]);
    expect(lossy.retransmitted(7)).toBe(true);
    expect(lossy.retransmitted(7)).toBe(false);
    expect(counts(lossy)).toEqual({ ...NONE, expected: 4, packets: 2, repaired: 2 });
  });

  it('counts the packet itself as repaired when it was asked for', () => {
    const lossy = tracker([5, 7]);
    lossy.due(0);
    expect(lossy.arrived(6, 20)).toBe('late');
    expect(counts(lossy)).toEqual({ ...NONE, expected: 3, packets: 2, repaired: 1 });
  });

  it('gives up after ten times', () => {
    const lossy = tracker([5, 7]);
    expect(askUntilGivenUp(lossy)).toBe(10);
    expect(counts(lossy)).toEqual({ ...NONE, expected: 3, packets: 2, lost: 1 });
    expect(lossy.lastLost).toBe(6);
    expect(lossy.arrived(6, 1000)).toBe('duplicate');
  });

  it('waits for what it can not ask for, without asking', () => {
    const lossy = tracker([5, 7], false);
    expect(lossy.due(100)).toEqual([]);
    expect(lossy.pending).toBe(1);
    expect(askUntilGivenUp(lossy)).toBe(0);
    expect(lossy.lost).toBe(1);
  });

  it('counts a hole that is too long to ask for as lost at once', () => {
    const lossy = tracker([5, 2006]);
    expect(lossy.due(0)).toEqual([]);
    expect(counts(lossy)).toEqual({ ...NONE, expected: 2002, packets: 2, lost: 2000 });
  });

  it('counts nothing in a window that belongs before it', () => {
    const lossy = tracker([5, 6, 8]);
    lossy.due(0);
    lossy.reset();
    expect(counts(lossy)).toEqual(NONE);
    lossy.arrived(7, 10);
    expect(counts(lossy)).toEqual(NONE);
    lossy.arrived(9, 20);
    lossy.arrived(11, 20);
    expect(counts(lossy)).toEqual({ ...NONE, expected: 3, packets: 2, pending: 1 });
  });

  it('expects nothing before the first packet', () => {
    const empty = tracker([]);
    empty.reset();
    expect(counts(empty)).toEqual(NONE);
    empty.arrived(40_000, 0);
    expect(counts(empty)).toEqual({ ...NONE, expected: 1, packets: 1 });
  });
});
