import { describe, expect, it } from '@jest/globals';
import { formatTally, sumOf, tally } from './tally.ts';

const clean = {
  numPassedTests: 12,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

describe('the sum of a test run', () => {
  it.each([
    ['a clean run', clean, 0, '12 passed, 0 failed'],
    ['a failed test', { ...clean, numFailedTests: 2 }, 1, '12 passed, 2 failed'],
    ['a file that could not run', { ...clean, numRuntimeErrorTestSuites: 1 }, 1, '12 passed, 1 failed'],
    [
      'tests that did not run',
      { ...clean, numPendingTests: 2, numTodoTests: 1 },
      0,
      '12 passed, 0 failed, 3 skipped',
    ],
    ['a failure that no test shows', clean, 1, '12 passed, 1 failed'],
    ['no test at all', { ...clean, numPassedTests: 0 }, 0, '0 passed, 1 failed'],
    ['no result', {}, 0, '0 passed, 1 failed'],
  ])('counts %s', (_what, json, exitCode, line) => {
    expect(formatTally(tally(json, exitCode))).toBe(line);
  });

  it('counts two runs as one', () => {
    const [good, bad] = [tally(clean, 0), tally({ ...clean, numFailedTests: 2, numPendingTests: 1 }, 1)];
    expect(sumOf(good, bad)).toEqual({ passed: 24, failed: 2, skipped: 1 });
  });
});
