/** Bucket index and count, of those that are not empty. */
export type HistogramJson = [bucket: number, count: number][];

/** Eight buckets to the doubling, each 9 % wide, from 1/8 ms to 8 s. */
const PER_OCTAVE = 8;
const LOWEST_MS = 0.125;
const BUCKETS = 16 * PER_OCTAVE;

/** Counts of durations in logarithmic buckets, so that any number of them can be kept, sent and added up. */
export class Histogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #count = 0;

  /** From `toJSON` of another, also of another process. */
  static from(json: HistogramJson): Histogram {
    const histogram = new Histogram();
    for (const [bucket, count] of json) histogram.#put(bucket, count);
    return histogram;
  }

  get count(): number {
    return this.#count;
  }

  /** @param ms what is below or above the range counts in the first or last bucket. */
  add(ms: number): void {
    this.#put(ms <= LOWEST_MS ? 0 : Math.floor(Math.log2(ms / LOWEST_MS) * PER_OCTAVE), 1);
  }

  addAll(other: Histogram): void {
    other.#counts.forEach((count, bucket) => this.#put(bucket, count));
  }

  /** ms, the middle of its bucket and so within 5 %; NaN when empty. @param q 0 to 1 */
  quantile(q: number): number {
    if (this.#count === 0) return NaN;
    let rest = Math.max(1, Math.ceil(q * this.#count));
    const bucket = this.#counts.findIndex((count) => (rest -= count) <= 0);
    return LOWEST_MS * 2 ** ((bucket + 0.5) / PER_OCTAVE);
  }

  clear(): void {
    this.#counts.fill(0);
    this.#count = 0;
  }

  toJSON(): HistogramJson {
    return [...this.#counts.entries()].filter(([, count]) => count > 0);
  }

  #put(bucket: number, count: number): void {
    const index = Math.min(bucket, BUCKETS - 1);
    this.#counts[index] = (this.#counts[index] ?? 0) + count;
    this.#count += count;
  }
}
