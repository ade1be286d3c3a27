/** Whether a received stream is whole, by its sequence numbers. */

/** Further apart, packets are not asked for but counted as lost at once. */
const MAX_ASKED = 500;
/** How long an answer to a NACK is waited for, ms. */
const RETRY_MS = 30;
const MAX_TRIES = 10;
/** What can't be asked for may still be late by so much, ms. */
const REORDERING_MS = 300;

interface Missing {
  tries: number;
  nextAtMs: number;
}

/** The number nearest to `reference` that has these 16 bits. */
export const nearest = (reference: number, sequence: number): number =>
  reference + (((sequence - reference) << 16) >> 16);

export type Arrival = 'next' | 'afterGap' | 'late' | 'duplicate';

/**
 * Sequence numbers are counted on beyond 16 bits ("extended"), which also tells SRTP's rollover counter.
 * Counts are of a window that `reset` begins; what belongs before it is not counted when it comes.
 */
export class SequenceTracker {
  /** Those of the packets that came at the first sending. */
  packets = 0;
  repaired = 0;
  lost = 0;
  reordered = 0;
  duplicates = 0;
  /** Of the packet that arrived last. */
  extended = 0;
  /** The last one that is lost for good; −1 when none is. */
  lastLost = -1;
  /** Since the beginning, and also what came late: for receiver reports. */
  received = 0;
  readonly #nackable: boolean;
  readonly #missing = new Map<number, Missing>();
  #first = -1;
  #highest = -1;
  #windowStart = -1;

  /** @param nackable whether what is missing can be asked for. */
  constructor(nackable: boolean) {
    this.#nackable = nackable;
  }

  /** Extended; −1 before the first packet. */
  get highest(): number {
    return this.#highest;
  }

  get missing(): number {
    return this.#missing.size;
  }

  /** In the window. */
  get expected(): number {
    return this.#highest === -1 ? 0 : this.#highest - this.#windowStart + 1;
  }

  /** Since the beginning. */
  get totalExpected(): number {
    return this.#highest === -1 ? 0 : this.#highest - this.#first + 1;
  }

  /** Missing ones of the window. */
  get pending(): number {
    let pending = 0;
    for (const extended of this.#missing.keys()) if (extended >= this.#windowStart) pending++;
    return pending;
  }

  arrived(sequence: number, atMs: number): Arrival {
    if (this.#highest === -1) {
      this.#first = this.#windowStart = sequence;
      this.#highest = sequence - 1;
    }
    const extended = nearest(this.#highest, sequence);
    this.extended = extended;
    if (extended > this.#highest) {
      const next = this.#highest + 1;
      this.#highest = extended;
      this.packets++;
      this.received++;
      if (extended === next) return 'next';
      this.#miss(next, extended, atMs);
      return 'afterGap';
    }
    const missing = this.#missing.get(extended);
    if (!missing) {
      this.duplicates++;
      return 'duplicate';
    }
    this.#missing.delete(extended);
    this.received++;
    if (extended >= this.#windowStart) {
      // Where there is no RTX, the answer to a NACK is the packet itself.
      if (missing.tries > 0) this.repaired++;
      else {
        this.packets++;
        this.reordered++;
      }
    }
    return 'late';
  }

  /** What RTX brought. False when it was not missing. */
  retransmitted(sequence: number): boolean {
    const extended = nearest(this.#highest, sequence);
    this.extended = extended;
    if (!this.#missing.delete(extended)) return false;
    if (extended >= this.#windowStart) this.repaired++;
    return true;
  }

  /** Sequence numbers to ask for now. What has been asked for too often becomes lost. */
  due(nowMs: number): number[] {
    const due: number[] = [];
    for (const [extended, missing] of this.#missing) {
      if (missing.nextAtMs > nowMs) continue;
      if (!this.#nackable || missing.tries === MAX_TRIES) {
        this.#missing.delete(extended);
        this.#lose(extended, extended + 1);
      } else {
        missing.tries++;
        missing.nextAtMs = nowMs + RETRY_MS;
        due.push(extended & 0xffff);
      }
    }
    return due;
  }

  /** What is missing will not be asked for any more, nor counted. */
  forgetMissing(): void {
    this.#missing.clear();
  }

  /** Begins a window. */
  reset(): void {
    this.packets = this.repaired = this.lost = this.reordered = this.duplicates = 0;
    this.#windowStart = this.#highest === -1 ? -1 : this.#highest + 1;
  }

  #miss(from: number, to: number, atMs: number): void {
    if (to - from > MAX_ASKED) {
      this.#lose(from, to);
      return;
    }
    const nextAtMs = this.#nackable ? atMs : atMs + REORDERING_MS;
    for (let extended = from; extended < to; extended++) this.#missing.set(extended, { tries: 0, nextAtMs });
  }

  #lose(from: number, to: number): void {
    this.lastLost = Math.max(this.lastLost, to - 1);
    this.lost += Math.max(0, to - Math.max(from, this.#windowStart));
  }
}
