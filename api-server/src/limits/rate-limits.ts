/**
 * Rate limits, counted in the memory of this process. With several API processes behind one address each
 * counts alone; rate-limiter-flexible's Redis or MongoDB store takes the place of `RateLimiterMemory` then.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { retryLater } from './retry-later.ts';

const MINUTE = 60;

/**
 * Points per window in seconds. An office of 25 behind one address opens the client (about ten files),
 * signs in and joins within a few minutes, and must not notice; a guesser of passwords must.
 */
const RATES = {
  /** Every request of an address. */
  everything: { points: 1_200, duration: MINUTE },
  register: { points: 60, duration: 10 * MINUTE },
  login: { points: 60, duration: 10 * MINUTE },
  refresh: { points: 300, duration: 10 * MINUTE },
  /** Looking a room up or joining it without an account: also what stops the guessing of room codes. */
  guest: { points: 300, duration: 10 * MINUTE },
  /** Wrong passwords in a row, for one account from one address. */
  wrongPassword: { points: 10, duration: 15 * MINUTE },
  /** Wrong passwords for one account from all addresses it has not been signed in from. */
  wrongPasswordAnywhere: { points: 100, duration: 60 * MINUTE },
  /** Files that one person puts into meetings. */
  upload: { points: 60, duration: 10 * MINUTE },
} as const;

export class RateLimit {
  readonly #limiter: RateLimiterMemory;

  constructor(rate: { points: number; duration: number }, scale: number) {
    const points = Math.max(1, Math.round(rate.points * scale));
    this.#limiter = new RateLimiterMemory({ points, duration: rate.duration });
  }

  /** Takes one point. @throws RATE_LIMITED with the time until the window ends. */
  async take(key: string): Promise<void> {
    try {
      await this.#limiter.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw retryLater('RATE_LIMITED', 'Too many attempts. Wait a while and try again', refusal.msBeforeNext);
    }
  }

  /** Gives a point back. */
  async giveBack(key: string): Promise<void> {
    await this.#limiter.reward(key);
  }

  /** Forgets what the key has used. */
  async reset(key: string): Promise<void> {
    await this.#limiter.delete(key);
  }
}

export type RateLimits = Record<keyof typeof RATES, RateLimit>;

/** @param scale multiplies the points of every limit, never below one. */
export function createRateLimits(scale: number): RateLimits {
  const limit = (name: keyof typeof RATES) => new RateLimit(RATES[name], scale);
  return {
    everything: limit('everything'),
    register: limit('register'),
    login: limit('login'),
    refresh: limit('refresh'),
    guest: limit('guest'),
    wrongPassword: limit('wrongPassword'),
    wrongPasswordAnywhere: limit('wrongPasswordAnywhere'),
    upload: limit('upload'),
  };
}
