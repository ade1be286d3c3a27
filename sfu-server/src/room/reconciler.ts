/**
 * Runs one pass at a time, and once more when something changed meanwhile. Calls of one turn of the loop share a pass.
 */
export class Reconciler {
  readonly #pass: () => Promise<void>;
  #again = false;
  #working: Promise<void> | undefined;

  /** @param pass brings things in line; it must not reject */
  constructor(pass: () => Promise<void>) {
    this.#pass = pass;
  }

  /** Resolves when everything that was so at the time of the call is dealt with. */
  run(): Promise<void> {
    this.#again = true;
    this.#working ??= this.#work();
    return this.#working;
  }

  async #work(): Promise<void> {
    await Promise.resolve();
    try {
      while (this.#again) {
        this.#again = false;
        await this.#pass();
      }
    } finally {
      // In the same step as the last look at `#again`: a call in between would be lost, and with it somebody's picture.
      this.#working = undefined;
    }
  }
}
