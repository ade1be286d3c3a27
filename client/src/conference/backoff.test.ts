import { describe, expect, it } from '@jest/globals';
import { AppError } from '@vcallpe/shared';
import { backoffMs, crowdMs, limitedMs } from './backoff.ts';

/** Always the same numbers in [0, 1), as good as random ones. */
function numbers(seed = 1): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** How many of so many come in each second. */
function perSecond(count: number, waitMs: (random: number) => number): number[] {
  const random = numbers();
  const seconds: number[] = [];
  for (let each = 0; each < count; each += 1) {
    const second = Math.floor(waitMs(random()) / 1000);
    seconds[second] = (seconds[second] ?? 0) + 1;
  }
  return seconds;
}

describe('backoffMs', () => {
  it('doubles, up to a limit', () => {
    const longest = [0, 1, 2, 3, 4, 5, 50].map((failed) => backoffMs(failed, 1, 0.999_999));
    expect(longest.map(Math.round)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it('spreads over the whole interval', () => {
    expect(backoffMs(3, 1, 0)).toBe(0);
    expect(backoffMs(3, 1, 0.5)).toBe(2000);
  });

  it('is no longer in a room of ten than alone', () => {
    for (const failed of [0, 1, 2]) expect(backoffMs(failed, 10, 0.9)).toBe(backoffMs(failed, 1, 0.9));
  });
});

describe('200 clients', () => {
  it('do not come back to a server that was lost in the same second', () => {
    const seconds = perSecond(200, (random) => backoffMs(0, 200, random));
    expect(seconds).toHaveLength(4);
    expect(Math.max(...seconds)).toBeLessThan(70);
  });

  it('do not open new transports in the same second, and ten do so at once', () => {
    expect(Math.max(...perSecond(200, (random) => crowdMs(200, random)))).toBeLessThan(70);
    expect(crowdMs(10, 0.999_999)).toBeLessThan(200);
  });

  it('wait for seconds at most, however many they are', () => {
    expect(crowdMs(100_000, 0.999_999)).toBeLessThanOrEqual(5_000);
  });
});

describe('limitedMs', () => {
  it('is what the server asks for, and only where it limits', () => {
    const details = { retryAfterSeconds: 90 };
    expect(limitedMs(new AppError('RATE_LIMITED', '', { details }))).toBe(90_000);
    expect(limitedMs(new AppError('RATE_LIMITED', ''))).toBe(30_000);
    expect(limitedMs(new AppError('UNAVAILABLE', '', { details }))).toBeUndefined();
  });
});
