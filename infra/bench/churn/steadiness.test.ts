import { describe, expect, it } from '@jest/globals';
import { growthOf } from './steadiness.ts';

describe('growthOf', () => {
  it('leaves out the warm-up', () => {
    expect(growthOf([1, 50, 100, 100, 100, 100, 100, 100])).toMatchObject({ early: 100, ratio: 1 });
  });

  it('sees what goes on growing', () => {
    expect(growthOf([10, 20, 30, 40, 50, 60, 70, 80])).toEqual({ early: 30, late: 70, ratio: 70 / 30 });
  });

  it('is not moved by one value', () => {
    expect(growthOf([9, 9, 9, 10, 10, 10, 10, 10, 10, 10, 90, 10]).ratio).toBe(1);
  });

  it('needs enough values', () => {
    expect(() => growthOf([1, 2, 3])).toThrow('No values');
  });
});
