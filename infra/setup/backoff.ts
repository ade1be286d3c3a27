// How long to wait before a child that died is started again.

const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/** A child that was up for this long starts again as if it had never died. */
export const STABLE_MS = 30_000;

/**
 * The wait before restart number `attempt` (from 1): doubling from 250 ms to 10 s, the second half of it random, so that
 * children that died together do not come back in step.
 * @param random from 0 to 1
 */
export function backoffMs(attempt: number, random = Math.random()): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}
