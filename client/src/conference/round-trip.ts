/** How long an answer takes on this line, so that deadlines for fast lines don't break slow ones that are well. Pure. */

/** So many measurements count: the fastest of them, because what made the others slow was waiting, not the line. */
const KEPT = 3;
/** An answer counts as missing after so many round trips, where that is longer than the deadline. */
const ROUND_TRIPS = 3;

export class RoundTrip {
  #measuredMs: number[] = [];

  add(ms: number): void {
    this.#measuredMs = [...this.#measuredMs, ms].slice(-KEPT);
  }

  /** Another way, which may be faster or slower. */
  forget(): void {
    this.#measuredMs = [];
  }

  /** @param ms long enough where answers are fast, and as long as none was measured */
  patience(ms: number): number {
    return this.#measuredMs.length === 0 ? ms : Math.max(ms, ROUND_TRIPS * Math.min(...this.#measuredMs));
  }
}
