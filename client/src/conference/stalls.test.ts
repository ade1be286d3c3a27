import { describe, expect, it } from '@jest/globals';
import { Stalls } from './stalls.ts';

describe('Stalls', () => {
  it('tells what brings nothing, once, and when it moves again', () => {
    const stalls = new Stalls();
    const at = (now: number, a: number, b: number) =>
      stalls.sample(
        new Map([
          ['a', a],
          ['b', b],
        ]),
        now,
      );
    expect(at(0, 1, 1)).toBeUndefined();
    expect(at(1_000, 2, 1)).toBeUndefined();
    expect(at(2_000, 3, 1)).toEqual(['b']);
    expect(at(3_000, 4, 1)).toBeUndefined();
    expect(at(5_000, 4, 1)).toEqual(['a', 'b']);
    expect(at(6_000, 5, 2)).toEqual([]);
  });

  it('forgets what is gone', () => {
    const stalls = new Stalls();
    stalls.sample(new Map([['a', 1]]), 0);
    expect(stalls.sample(new Map([['a', 1]]), 2_000)).toEqual(['a']);
    expect(stalls.sample(new Map(), 3_000)).toEqual([]);
    // The same id anew begins anew.
    expect(stalls.sample(new Map([['a', 1]]), 4_000)).toBeUndefined();
  });
});
