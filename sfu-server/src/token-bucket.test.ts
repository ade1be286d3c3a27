import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from './token-bucket.ts';

describe('TokenBucket', () => {
  it('gives a burst, refuses, and refills with time', () => {
    let now = 0;
    const bucket = new TokenBucket({ points: 3, perMs: 3_000 }, () => now);
    expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, true, false]);
    expect(bucket.refused).toBe(1);
    now = 999;
    expect(bucket.take()).toBe(false);
    expect(bucket.refused).toBe(2);
    now = 1_001;
    expect(bucket.take()).toBe(true);
    expect(bucket.refused).toBe(0);
    expect(bucket.take()).toBe(false);
  });

  it('never holds more than a burst', () => {
    let now = 0;
    const bucket = new TokenBucket({ points: 2, perMs: 1_000 }, () => now);
    now = 60_000;
    expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
  });
});
