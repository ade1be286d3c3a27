/**
 * The ICE servers of a stay in a room. Credentials of TURN servers expire while a meeting goes on, so new ones are got in a
 * quiet moment, when half their time is over: an emergency, in which the network may be gone, has no time to ask.
 */
import type { JoinGrant } from '@vcallpe/shared';

type Granted = Pick<JoinGrant, 'iceServers' | 'iceTtlSeconds'>;

/** From this part of their life on credentials are stale. They still work. */
const STALE_AT = 0.5;
/** They are renewed up to so much of their life sooner, so that those who joined together do not all ask together. */
const SPREAD = 0.1;
/** After a failure it is tried again when this much more of their life has passed. */
const RETRY_AFTER = 0.1;
/** Who needs stale ones renewed waits so long for the API, and then goes on with the old ones, ms. */
const WAIT_MS = 1_000;

export class IceServers {
  readonly #getGrant: () => Promise<Granted>;
  #granted: Granted;
  /** Unix ms, because credentials expire by the clock on the wall, also while the machine sleeps. */
  #grantedAt = Date.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #renewing: Promise<void> | undefined;
  #closed = false;

  /** @param granted a moment ago */
  constructor(granted: Granted, getGrant: () => Promise<Granted>) {
    this.#granted = granted;
    this.#getGrant = getGrant;
    this.#renewAfter(this.#lifeMs * (STALE_AT - SPREAD * Math.random()));
  }

  /** Those at hand. */
  get current(): RTCIceServer[] {
    return this.#granted.iceServers;
  }

  /** Those to begin something with. Always resolves, and soon: when the API is away, with those at hand. */
  async fresh(): Promise<RTCIceServer[]> {
    if (Date.now() - this.#grantedAt >= this.#lifeMs * STALE_AT) {
      const { promise: waited, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, WAIT_MS);
      await Promise.race([this.#renew(), waited]);
      clearTimeout(timer);
    }
    return this.current;
  }

  /** Nothing is asked for any more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Infinity when nothing expires. */
  get #lifeMs(): number {
    return (this.#granted.iceTtlSeconds ?? Infinity) * 1000;
  }

  #renewAfter(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed && ms < Infinity) this.#timer = setTimeout(() => void this.#renew(), ms);
  }

  #renew(): Promise<void> {
    this.#renewing ??= this.#ask().finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async #ask(): Promise<void> {
    try {
      this.#granted = await this.#getGrant();
      this.#grantedAt = Date.now();
      this.#renewAfter(this.#lifeMs * (STALE_AT - SPREAD * Math.random()));
    } catch {
      // The API is away, or lets this person in no more: who is in stays in, on what there is.
      this.#renewAfter(this.#lifeMs * RETRY_AFTER);
    }
  }
}
