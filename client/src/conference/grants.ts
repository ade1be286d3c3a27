/**
 * The grants of one person. While the SFU is away each try to reach it would take a new one, and a class of a hundred behind
 * one address would soon be refused by the API; so one that no server has seen is tried again.
 */
import { AppError, type JoinGrant } from '@vcallpe/shared';

/** For so long, ms. It would hold for a minute, but the room may be deleted meanwhile, or the SFU have another address. */
const TRIED_FOR_MS = 15_000;

/** The SFU could not be reached: it has not seen the token that it was to be shown. */
export class Unreachable extends AppError {
  constructor(cause: unknown) {
    super('UNAVAILABLE', 'The media server can’t be reached', { cause });
  }
}

export class Grants {
  readonly #getGrant: () => Promise<JoinGrant>;
  #unspent: { grant: JoinGrant; since: number } | undefined;

  constructor(getGrant: () => Promise<JoinGrant>) {
    this.#getGrant = getGrant;
  }

  /**
   * Enters with the grant at hand, or else a new one.
   *
   * @throws what `getGrant` and `enter` throw; of the latter only Unreachable leaves the grant unspent
   */
  async use<T>(enter: (grant: JoinGrant) => Promise<T>): Promise<T> {
    const kept = this.#unspent;
    this.#unspent = undefined;
    // By the clock on the wall, which goes on while a laptop sleeps.
    const fresh = kept && Date.now() - kept.since < TRIED_FOR_MS;
    const { grant, since } = fresh ? kept : { grant: await this.#getGrant(), since: Date.now() };
    try {
      return await enter(grant);
    } catch (error) {
      if (error instanceof Unreachable) this.#unspent = { grant, since };
      throw error;
    }
  }
}
