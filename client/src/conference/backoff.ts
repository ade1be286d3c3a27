import type { AppError } from '@vcallpe/shared';
import { z } from 'zod';

/** First wait after a failed attempt, ms. */
const BASE_MS = 500;
const MAX_MS = 8_000;
/** Who is asked too often and does not say when to come back, as a proxy may, gets this rest, ms. */
const LIMITED_MS = 30_000;

const RetryAfter = z.object({ retryAfterSeconds: z.number().positive() });
/** So much for each person in the room. */
const PER_PERSON_MS = 20;
const MAX_CROWD_MS = 5_000;

/**
 * How long to wait when a whole room lost the same thing at once, ms: short in a small room, and such that in a large
 * one some 50 clients come in each second.
 *
 * @param people in the room
 * @param random in [0, 1)
 */
export function crowdMs(people: number, random = Math.random()): number {
  return random * longestCrowdMs(people);
}

const longestCrowdMs = (people: number): number => Math.min(people * PER_PERSON_MS, MAX_CROWD_MS);

/**
 * How long to wait before the next attempt, ms: exponential, and spread over the whole interval, so that the
 * 200 clients of a server that came back do not all arrive in the same second.
 *
 * @param failed attempts that have failed so far; 0 still spreads, because everyone lost the server at once
 * @param people who wait for the same server, see `crowdMs`
 * @param random in [0, 1)
 */
export function backoffMs(failed: number, people = 1, random = Math.random()): number {
  return random * Math.max(Math.min(BASE_MS * 2 ** failed, MAX_MS), longestCrowdMs(people));
}

/** How long the server wants to be left alone, ms; undefined when it is only away or busy. */
export function limitedMs({ code, details }: AppError): number | undefined {
  if (code !== 'RATE_LIMITED') return undefined;
  const { data } = RetryAfter.safeParse(details);
  return data ? data.retryAfterSeconds * 1000 : LIMITED_MS;
}
