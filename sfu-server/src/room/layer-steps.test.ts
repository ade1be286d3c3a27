import { describe, expect, it } from '@jest/globals';
import { raised, spareOf, type Step } from './layer-steps.ts';
import type { Held } from './receiving.ts';

const step = (priority: number, more: number, whole = true): Step => ({
  held: { priority } as Held,
  more,
  whole,
});
const priorities = (steps: readonly Step[]) => steps.map(({ held }) => held.priority);

describe('the next layer', () => {
  it('is given when there is room to spare, not when it would just do', () => {
    const steps = [step(1, 400_000)];
    expect(raised(steps, spareOf(600_000, 150_000))).toEqual([]);
    expect(raised(steps, spareOf(825_000, 150_000))).toEqual(steps);
  });

  it('goes to the most important first, and to all whom there is room for', () => {
    const steps = [step(1, 100_000), step(150, 400_000), step(100, 400_000)];
    expect(priorities(raised(steps, 500_000))).toEqual([150, 1]);
    expect(priorities(raised(steps, 900_000))).toEqual([150, 100, 1]);
  });

  it('is not given where the one below comes in part, nor where its size is not known', () => {
    expect(raised([step(1, 100_000, false), step(1, Infinity)], 10_000_000)).toEqual([]);
  });
});
