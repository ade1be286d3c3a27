import { describe, expect, it } from '@jest/globals';
import { RoundTrip } from './round-trip.ts';

describe('RoundTrip', () => {
  const measured = (...each: number[]) => {
    const roundTrip = new RoundTrip();
    for (const ms of each) roundTrip.add(ms);
    return roundTrip;
  };

  it('leaves deadlines as they are on a fast line, and until something was measured', () => {
    expect(measured().patience(500)).toBe(500);
    expect(measured(20, 30, 150).patience(500)).toBe(500);
  });

  it('gives a slow line the time of several answers', () => {
    expect(measured(600, 640).patience(500)).toBe(1_800);
    expect(measured(600, 640).patience(1_000)).toBe(1_800);
  });

  it('does not take one late answer for a slow line, and believes several', () => {
    expect(measured(20, 900).patience(500)).toBe(500);
    expect(measured(20, 900, 800, 1_000).patience(500)).toBe(2_400);
  });

  it('begins anew on another way', () => {
    const roundTrip = measured(900, 900, 900);
    roundTrip.forget();
    expect(roundTrip.patience(500)).toBe(500);
  });
});
