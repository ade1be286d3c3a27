import type { AppError } from '@vcallpe/shared';
import { z } from 'zod';

/** First wait after a failed attempt, ms. */
const BASE_MS = 500;
const MAX_MS = 8_000;
/** Who is asked too often and does not say when to come back, as a proxy may, gets this rest, ms. */
const LIMITED_MS = 30_000;

const RetryAfter = z.object({ retryAfterSeconds: z.number().positive() });

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

/** How long the server wants to be left alone, ms; undefined when it is only away or busy. */
export function limitedMs({ code, details }: AppError): number | undefined {
  if (code !== 'RATE_LIMITED') return undefined;
  const { data } = RetryAfter.safeParse(details);
  return data ? data.retryAfterSeconds * 1000 : LIMITED_MS;
}
