/** Which consumers have brought nothing for a while. Whether they should, only the server knows. Pure. */
import type { ConsumerId } from '@vcallpe/shared';

/** Silence is sent too, every 400 ms (Opus DTX), so this long without a packet is no silence, ms. */
const STALLED_AFTER_MS = 1_500;

export class Stalls {
  readonly #seen = new Map<ConsumerId, { packets: number; movedAt: number }>();
  /** Undefined when it is not known what the server heard last. */
  #told: string | undefined = '';

  /**
   * @param packets received so far, of each consumer that is there now
   * @param now ms
   * @returns all that are stalled, when these are others than the last time; else undefined
   */
  sample(packets: ReadonlyMap<ConsumerId, number>, now: number): ConsumerId[] | undefined {
    for (const id of this.#seen.keys()) if (!packets.has(id)) this.#seen.delete(id);
    const stalled: ConsumerId[] = [];
    for (const [id, count] of packets) {
      const seen = this.#seen.get(id);
      if (seen?.packets !== count) this.#seen.set(id, { packets: count, movedAt: now });
      else if (now - seen.movedAt >= STALLED_AFTER_MS) stalled.push(id);
    }
    const telling = stalled.sort().join();
    if (telling === this.#told) return undefined;
    this.#told = telling;
    return stalled;
  }

  /** What was told last did not arrive. */
  forget(): void {
    this.#told = undefined;
  }
}
