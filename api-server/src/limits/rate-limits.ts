/**
 * Rate limits, counted in the memory of this process. With several API processes behind one address each
 * counts alone; rate-limiter-flexible's Redis or MongoDB store takes the place of `RateLimiterMemory` then.
 */
import { AppError, type ErrorCode } from '@vcallpe/shared';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { retryLater } from './retry-later.ts';

const MINUTE = 60;

/**
 * Points per window in seconds. A class of 100 behind one address opens the client (some forty files) and reloads it, signs
 * in, and joins, all within the same few minutes; when the SFU is away each of them asks again every few seconds. They
 * must not notice; a guesser of passwords or room codes must, so those are counted by what was wrong.
 */
const RATES = {
  /** Pages of the client, and whatever else is not the API: by address. */
  pages: { points: 20_000, duration: MINUTE },
  /** Every request to the API, by address. */
  everything: { points: 6_000, duration: MINUTE },
  register: { points: 200, duration: 10 * MINUTE },
  login: { points: 400, duration: 10 * MINUTE },
  refresh: { points: 2_000, duration: 10 * MINUTE },
  /**
   * Codes of rooms that are not there: of an account by itself, of guests by their address. There are 7·10⁹ codes, so one
   * who goes on at this rate finds one of a thousand rooms in about half a year.
   */
  unknownRoom: { points: 300, duration: 10 * MINUTE },
  /** Wrong passwords in a row, for one account from one address. */
  wrongPassword: { points: 10, duration: 15 * MINUTE },
  /** Wrong passwords for one account from all addresses it has not been signed in from. */
  wrongPasswordAnywhere: { points: 100, duration: 60 * MINUTE },
  /**
   * Wrong passwords in a row, for one room from one address, which a class may share: whoever mistypes on purpose there keeps
   * newcomers out for five minutes, and nobody who is in; and every right one begins the row anew. That leaves 8,640 guesses
   * a day.
   */
  wrongRoomPassword: { points: 30, duration: 5 * MINUTE },
  /**
   * The same from all addresses from which nobody has given the right one in a week. It takes a stranger 28 addresses that
   * do nothing else to close a room to new addresses, and with thousands of them there are 240,000 guesses a day: eight
   * random letters last for two thousand years. A password of four digits does not last a day; a lobby is for that.
   */
  wrongRoomPasswordAnywhere: { points: 10_000, duration: 60 * MINUTE },
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
      // It is counted all the same, and would be missing to those that are given back.
      await this.giveBack(key);
      throw retryLater('RATE_LIMITED', 'Too many attempts. Wait a while and try again', refusal.msBeforeNext);
    }
  }

  /**
   * Takes a point for what fails with this code, and for nothing else. It is taken before, or parallel attempts would all
   * start from the same count.
   *
   * @throws RATE_LIMITED, and whatever the task throws
   */
  async takeIfFailing<T>(key: string, code: ErrorCode, task: () => Promise<T>): Promise<T> {
    await this.take(key);
    try {
      const result = await task();
      await this.giveBack(key);
      return result;
    } catch (error) {
      if (!(error instanceof AppError && error.code === code)) await this.giveBack(key);
      throw error;
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
    pages: limit('pages'),
    everything: limit('everything'),
    register: limit('register'),
    login: limit('login'),
    refresh: limit('refresh'),
    unknownRoom: limit('unknownRoom'),
    wrongPassword: limit('wrongPassword'),
    wrongPasswordAnywhere: limit('wrongPasswordAnywhere'),
    wrongRoomPassword: limit('wrongRoomPassword'),
    wrongRoomPasswordAnywhere: limit('wrongRoomPasswordAnywhere'),
    upload: limit('upload'),
  };
}
