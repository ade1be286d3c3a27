import { describe, expect, it } from '@jest/globals';
import { quantile } from './report.ts';

describe('quantile', () => {
  it('takes the nearest rank', () => {
    const values = [5, 1, 4, 2, 3];
    expect(quantile(values, 0.5)).toBe(3);
    expect(quantile(values, 0.95)).toBe(5);
    expect(quantile(values, 0)).toBe(1);
    expect(quantile([7], 0.95)).toBe(7);
  });

  it('has no answer for nothing', () => {
    expect(() => quantile([], 0.5)).toThrow('No values');
  });
});
