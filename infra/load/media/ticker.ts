/**
 * The few timers of a process. Hundreds of publishers and subscribers share each, because a timer for each of them, or for
 * each stream, would cost more than the work it starts.
 */
export class Ticker {
  readonly #slots: Set<() => void>[];
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;
  /** When the timer began, and how many slots have had their turn since. */
  #startedAtMs = 0;
  #turns = 0;
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
    if (!this.#timer) {
      this.#timer = setInterval(() => this.#tick(), this.#intervalMs);
      this.#startedAtMs = performance.now();
      this.#turns = 0;
    }
    return () => {
      slot?.delete(member);
      if (this.#slots.some((members) => members.size > 0)) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /**
   * A late loop makes up for what it missed, so that a period stays a period: ICE consent that drifts is consent that ends.
   * Nobody has more than one turn at a time.
   */
  #tick(): void {
    const passed = Math.round((performance.now() - this.#startedAtMs) / this.#intervalMs);
    const due = passed - this.#turns;
    for (let i = Math.max(0, due - this.#slots.length); i < due; i += 1) {
      this.#slots[(this.#turns + i) % this.#slots.length]?.forEach((member) => member());
    }
    this.#turns += due;
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
/** ICE consent, as often as Chromium checks: several may be lost before a server gives up. */
export const consent = new Ticker(2500, 50);
/** Whether anything has stopped coming, as often as a browser's client looks. */
export const stalls = new Ticker(400, 8);
