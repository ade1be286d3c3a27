// The sum of a test run, from what Jest writes with --json.
import { z } from 'zod';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const results = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  /** Files that could not be run at all, such as those with a syntax error. */
  numRuntimeErrorTestSuites: z.number(),
});

/**
 * Counts a run of Jest. A test file that could not run is one failure. So is a run that failed for a reason that no test
 * shows, and one that left no result or ran no test: silence is not success.
 * @param json what Jest wrote
 * @param exitCode how Jest ended
 */
export function tally(json: unknown, exitCode: number): Tally {
  const parsed = results.safeParse(json);
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } =
    parsed.data;
  const counted = numFailedTests + numRuntimeErrorTestSuites;
  const silent = exitCode !== 0 || numPassedTests === 0;
  return {
    passed: numPassedTests,
    failed: counted === 0 && silent ? 1 : counted,
    skipped: numPendingTests + numTodoTests,
  };
}

export function sumOf(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `12 passed, 0 failed`, and the skipped ones where there are any. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
