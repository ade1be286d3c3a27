/** Turns the looks at the statistics of one link into samples, about one a second. */
import { sampleLink, type LinkSample, type Look, type Streams } from './sample.ts';

/** Not sooner after the last one, ms: shorter intervals hold too few packets to say what share of them was lost. */
const SAMPLE_EVERY_MS = 1_000;

export class Sampler {
  #before: (Look & { at: number }) | undefined;

  /**
   * @param streams is asked only when a sample is due
   * @param now ms
   * @returns undefined while the time is not up, or there is nothing to compare with
   */
  look(look: Look, streams: () => Streams, now: number): LinkSample | undefined {
    const before = this.#before;
    if (before && now - before.at < SAMPLE_EVERY_MS) return undefined;
    this.#before = { ...look, at: now };
    return before && sampleLink(before, look, streams());
  }
}
