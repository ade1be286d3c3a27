/** Slows the guessing of passwords without handing a stranger the means to lock the owner out. */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RateLimit } from '../limits/rate-limits.ts';

/** How long an address counts as known for an account after it signed in, in seconds: 7 days. */
const KNOWN_FOR = 7 * 24 * 3600;

interface Limits {
  /** Wrong passwords in a row, for one account from one address. */
  inARow: RateLimit;
  /** Wrong passwords for one account from all addresses it has not been signed in from. */
  anywhere: RateLimit;
}

/**
 * Two limits. Wrong passwords in a row count by account and address together: a stranger at another address
 * blocks only itself. A guesser with many addresses meets the limit by account alone, from which addresses
 * that have signed in to it are exempt. Both windows end by themselves; attempts refused don't prolong them.
 * Nothing here depends on whether the account exists.
 */
export class LoginGuard {
  readonly #limits: Limits;
  readonly #known = new RateLimiterMemory({ points: 1, duration: KNOWN_FOR });

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * Runs a check of a password. The attempt is counted before the check, or parallel guesses would all start
   * from the same count, and taken back when the password was right.
   * @param address key of the caller's address.
   * @throws RATE_LIMITED
   */
  async attempt<T>(
    email: string,
    address: string,
    check: () => Promise<T | undefined>,
  ): Promise<T | undefined> {
    const pair = `${email} ${address}`;
    const exempt = (await this.#known.get(pair)) !== null;
    await this.#limits.inARow.take(pair);
    if (!exempt) await this.#limits.anywhere.take(email);

    const giveBack = async () => {
      await this.#limits.inARow.giveBack(pair);
      if (!exempt) await this.#limits.anywhere.giveBack(email);
    };
    let result: T | undefined;
    try {
      result = await check();
    } catch (error) {
      // Nothing was learnt, as when the server was too busy to hash.
      await giveBack();
      throw error;
    }
    if (result === undefined) return undefined;
    await giveBack();
    await this.#limits.inARow.reset(pair);
    await this.#known.set(pair, 1, KNOWN_FOR);
    return result;
  }
}
