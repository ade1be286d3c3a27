/** First wait after a failed attempt, ms. */
const BASE_MS = 500;
const MAX_MS = 8_000;
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
