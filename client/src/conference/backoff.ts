/** First wait after a failed attempt, ms. */
const BASE_MS = 500;
const MAX_MS = 8_000;

/**
 * How long to wait before the next attempt, ms: exponential, and spread over the whole interval, so that the
 * 200 clients of a server that came back do not all arrive in the same second.
 *
 * @param failed attempts that have failed so far; 0 still spreads a little, because everyone lost the server at once
 * @param random in [0, 1)
 */
export function backoffMs(failed: number, random = Math.random()): number {
  return random * Math.min(BASE_MS * 2 ** failed, MAX_MS);
}
