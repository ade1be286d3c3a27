import { describe, expect, it } from '@jest/globals';
import { clock, inWords } from './durations.ts';

describe('clock', () => {
  it.each([
    [0, '0:00'],
    [-5000, '0:00'],
    [59_999, '0:59'],
    [247_000, '4:07'],
    [3_599_000, '59:59'],
    [3_847_000, '1:04:07'],
  ])('shows %d ms as %s', (ms, shown) => {
    expect(clock(ms)).toBe(shown);
  });
});

describe('inWords', () => {
  it.each([
    [20_000, 'less than a minute'],
    [60_000, '1 min'],
    [42 * 60_000, '42 min'],
    [3_600_000, '1 h'],
    [65 * 60_000, '1 h 5 min'],
  ])('says %d ms as %s', (ms, words) => {
    expect(inWords(ms)).toBe(words);
  });
});
