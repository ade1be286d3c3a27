import { expect, test } from '@jest/globals';
import { curvesOf, extentOf } from './curves.ts';

test('curves end now, and have a gap where nothing was measured', () => {
  const history = [
    { at: 100_000, rttMs: 20, jitterMs: 1 },
    { at: 101_000, rttMs: 30 },
    { at: 130_000, rttMs: 40, jitterMs: 3 },
  ];
  expect(curvesOf(history, ['rttMs', 'jitterMs'])).toEqual({
    times: [-30, -29, -28.999, 0],
    values: [
      [20, 30, null, 40],
      [1, null, null, 3],
    ],
  });
  expect(curvesOf([], ['rttMs'])).toEqual({ times: [], values: [[]] });
});

test('what is said of a curve is its newest value and its range', () => {
  expect(extentOf([3, null, 1, 2, null])).toEqual({ now: 2, min: 1, max: 3 });
  expect(extentOf([null])).toBeUndefined();
});
