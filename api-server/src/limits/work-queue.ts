import { retryLater } from './retry-later.ts';

/**
 * Runs at most `running` tasks at once and lets at most `waiting` more wait, in order. Beyond that a task is
 * refused at once, which is kinder than an answer that comes after the client has given up.
 */
export class WorkQueue {
  readonly #running: number;
  readonly #waiting: number;
  readonly #queue: (() => void)[] = [];
  #active = 0;

  constructor({ running, waiting }: { running: number; waiting: number }) {
    this.#running = running;
    this.#waiting = waiting;
  }

  /** @throws UNAVAILABLE when the queue is full, and whatever the task throws. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await task();
    } finally {
      // The place passes straight to the next in line, so that nobody can slip in between.
      const next = this.#queue.shift();
      if (next) next();
      else this.#active -= 1;
    }
  }

  async #enter(): Promise<void> {
    if (this.#active < this.#running) {
      this.#active += 1;
      return;
    }
    if (this.#queue.length >= this.#waiting) {
      throw retryLater('UNAVAILABLE', 'The server is busy. Try again in a moment', 2_000);
    }
    await new Promise<void>((resolve) => this.#queue.push(resolve));
  }
}
