/** Tells a path that has gone quiet from one that is quiet by nature. Pure: it is given counters and the time. */

/** A path that carried something in each of the last seconds is busy, and a silence like this is a fault, ms. */
const BUSY_STALL_MS = 1_000;
/** A path with nothing but consent checks, one every 2.5 to 6 s: a silence like this is a fault, ms. */
const QUIET_STALL_MS = 9_000;
/** For so long without a gap of more than a second a path has to flow to count as busy, ms. */
const BUSY_AFTER_MS = 4_000;
const GAP_MS = 1_200;

export class FlowWatch {
  #progress: number | undefined;
  #movedAt = 0;
  /** Since when it moves without a gap; undefined while it does not. */
  #steadySince: number | undefined;
  #busy = false;

  /**
   * @param progress anything that grows with what is received, such as bytes and answered consent checks
   * @param now ms
   * @param expected whether there is anything that should come: when all is muted, a path may go quiet from busy
   * @returns whether nothing has come for longer than is natural on this path
   */
  sample(progress: number, now: number, expected = true): boolean {
    if (!expected) {
      this.#steadySince = undefined;
      this.#busy = false;
    }
    if (this.#progress === undefined || progress !== this.#progress) {
      if (this.#steadySince === undefined || now - this.#movedAt > GAP_MS) {
        this.#steadySince = now;
        this.#busy = false;
      }
      this.#progress = progress;
      this.#movedAt = now;
      this.#busy ||= now - this.#steadySince >= BUSY_AFTER_MS;
      return false;
    }
    return now - this.#movedAt >= (this.#busy ? BUSY_STALL_MS : QUIET_STALL_MS);
  }

  /**
   * Something was done about it. Whether this path is busy by nature is found out anew: when it is alive, and brings
   * nothing because others send nothing, more of the same would only disturb it.
   */
  reset(now: number): void {
    this.#movedAt = now;
    this.#progress = undefined;
    this.#steadySince = undefined;
    this.#busy = false;
  }
}
