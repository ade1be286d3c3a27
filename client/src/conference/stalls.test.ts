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

  it('tells again what did not arrive, also that all is well', () => {
    const stalls = new Stalls();
    const at = (now: number, packets: number) => stalls.sample(new Map([['a', packets]]), now);
    at(0, 1);
    expect(at(2_000, 1)).toEqual(['a']);
    stalls.forget();
    expect(at(2_400, 1)).toEqual(['a']);
    expect(at(2_800, 1)).toBeUndefined();
    expect(at(3_200, 2)).toEqual([]);
    stalls.forget();
    expect(at(3_600, 3)).toEqual([]);
    expect(at(4_000, 4)).toBeUndefined();
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
