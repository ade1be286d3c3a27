import { describe, expect, it } from '@jest/globals';
import { AppError } from '@vcallpe/shared';
import { backoffMs, limitedMs } from './backoff.ts';

describe('backoffMs', () => {
  it('doubles, up to a limit', () => {
    const longest = [0, 1, 2, 3, 4, 5, 50].map((failed) => backoffMs(failed, 0.999_999));
    expect(longest.map(Math.round)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it('spreads over the whole interval', () => {
    expect(backoffMs(3, 0)).toBe(0);
    expect(backoffMs(3, 0.5)).toBe(2000);
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
