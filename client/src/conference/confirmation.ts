/**
 * Finds out that the server holds something else than this client sends, as when a person believes to be heard and is paused
 * there. Pure: it is given what each says, and the time.
 */
import type { ProducerView } from '@vcallpe/shared';
import type { Sent } from './publication.ts';

/** News of one's own changes are back sooner, so what differs for so long will not come right by itself, ms. */
const LASTS_MS = 2_000;

export class Confirmation {
  #told: readonly ProducerView[] = [];
  #differsSince: number | undefined;

  /** What the server holds, as it told last. */
  tell(producers: readonly ProducerView[]): void {
    this.#told = producers;
  }

  /**
   * @param sent undefined while a change is under way
   * @param now ms
   * @returns whether it is time to set it right; again after as long when that did not help
   */
  sample(sent: readonly Sent[] | undefined, now: number): boolean {
    if (!sent || this.#isTold(sent)) {
      this.#differsSince = undefined;
      return false;
    }
    this.#differsSince ??= now;
    if (now - this.#differsSince < LASTS_MS) return false;
    this.#differsSince = undefined;
    return true;
  }

  #isTold(sent: readonly Sent[]): boolean {
    return (
      sent.length === this.#told.length &&
      sent.every(({ producerId, paused }) =>
        this.#told.some((told) => told.producerId === producerId && told.paused === paused),
      )
    );
  }
}
