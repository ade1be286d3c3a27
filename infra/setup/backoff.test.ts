import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles from 250 ms to 10 s', () => {
    const waits = Array.from({ length: 8 }, (_, index) => backoffMs(index + 1, 1));
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('leaves up to half of the wait to chance', () => {
    expect(backoffMs(3, 0)).toBe(500);
    expect(backoffMs(3, 0.5)).toBe(750);
  });
});
