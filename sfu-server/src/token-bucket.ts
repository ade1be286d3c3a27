/** A token bucket: a burst of `points`, refilled evenly over `perMs`. */
export class TokenBucket {
  readonly #points: number;
  readonly #perMs: number;
  readonly #now: () => number;
  #level: number;
  #at: number;
  #refused = 0;

  /** @param now a clock in ms that never goes back */
  constructor({ points, perMs }: { points: number; perMs: number }, now = () => performance.now()) {
    this.#points = points;
    this.#perMs = perMs;
    this.#now = now;
    this.#level = points;
    this.#at = now();
  }

  /** Refusals since the last time a token was to be had. */
  get refused(): number {
    return this.#refused;
  }

  /** Takes one token. False when there is none. */
  take(): boolean {
    const now = this.#now();
    this.#level = Math.min(this.#points, this.#level + ((now - this.#at) * this.#points) / this.#perMs);
    this.#at = now;
    if (this.#level < 1) {
      this.#refused += 1;
      return false;
    }
    this.#level -= 1;
    this.#refused = 0;
    return true;
  }
}
