/**
 * The few timers of a process. Hundreds of publishers and subscribers share each, because a timer for each of them, or for
 * each stream, would cost more than the work it starts.
 */
export class Ticker {
  readonly #slots: Set<() => void>[];
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;
  #current = 0;
  #nextSlot = 0;

  /**
   * @param periodMs how often each member is called.
   * @param slots over how many ticks the members are spread, so that they do not all work at once.
   */
  constructor(periodMs: number, slots = 1) {
    this.#slots = Array.from({ length: slots }, () => new Set());
    this.#intervalMs = periodMs / slots;
  }

  /** Returns what takes the member out again. The timer runs while there are members. */
  add(member: () => void): () => void {
    const slot = this.#slots[this.#nextSlot++ % this.#slots.length];
    slot?.add(member);
    this.#timer ??= setInterval(() => this.#tick(), this.#intervalMs);
    return () => {
      slot?.delete(member);
      if (this.#slots.some((members) => members.size > 0)) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  #tick(): void {
    this.#current = (this.#current + 1) % this.#slots.length;
    this.#slots[this.#current]?.forEach((member) => member());
  }
}

/** Publishers send the frames that are due. */
export const pacing = new Ticker(5);
/** STUN checks and ClientHellos of transports that are not connected yet. */
export const connecting = new Ticker(50);
/** What is still missing is asked for again. */
export const repairs = new Ticker(10);
/** TWCC feedback, and PLIs that are due. */
export const feedback = new Ticker(100, 10);
/** Sender and receiver reports, REMB. */
export const reports = new Ticker(1000, 20);
/** ICE consent (RFC 7675): a check each 5 s. */
export const consent = new Ticker(5000, 50);
