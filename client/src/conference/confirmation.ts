/**
 * Finds out that the server holds something else than this client sends, as when a person believes to be heard and is paused
 * there, or that what it sends does not arrive. Pure: it is given what each says, and the time.
 */
import type { ProducerId, ProducerView } from '@vcallpe/shared';
import type { Sent } from './publication.ts';

/** News of one's own changes are back sooner, so what differs for so long will not come right by itself, ms. */
const LASTS_MS = 2_000;
/** A camera that has sent nothing for so long has nothing to send, ms. */
const SENDS_WITHIN_MS = 2_000;

export class Confirmation {
  #told: readonly ProducerView[] = [];
  #differsSince: number | undefined;
  /** Of which the server says that nothing arrives. */
  readonly #doubted = new Map<ProducerId, { packets: number; since: number } | undefined>();

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

  /** The server gets nothing of this producer. Whether it should, only this client knows. */
  doubt(producerId: ProducerId): void {
    // What is being looked at already is not to begin anew.
    if (!this.#doubted.has(producerId)) this.#doubted.set(producerId, undefined);
  }

  /**
   * @param packets sent so far, of each producer
   * @param now ms
   * @returns doubted ones of which packets do leave; each is told once
   */
  unheard(packets: ReadonlyMap<ProducerId, number>, now: number): ProducerId[] {
    const unheard: ProducerId[] = [];
    for (const [producerId, before] of this.#doubted) {
      const sent = packets.get(producerId);
      if (sent !== undefined && !before) this.#doubted.set(producerId, { packets: sent, since: now });
      else if (sent !== undefined && before && sent > before.packets) unheard.push(producerId);
      if (sent === undefined || (before && now - before.since > SENDS_WITHIN_MS))
        this.#doubted.delete(producerId);
    }
    for (const producerId of unheard) this.#doubted.delete(producerId);
    return unheard;
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
