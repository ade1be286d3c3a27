/**
 * Asks mediasoup's bandwidth estimation to look whether more would come through. By itself it does so only while little is
 * sent, and a line that a small picture fills would not be seen to have become fast for minutes.
 */
import type { types } from 'mediasoup';
import { byPriority, HEADROOM, type Step } from './layer-steps.ts';
import { isHeldBack } from './receiving.ts';

/**
 * A probe is a burst of 15 ms (libwebrtc's bitrate_prober.cc) that a full line has to drop something for: ms until the next,
 * and how much longer after each that found nothing.
 */
const EVERY_MS = 3_000;
const SLOWER = 1.2;
const SLOWEST_MS = 5_000;
/** The rate of a burst, in what is sent now; or what the most important picture needs, where that is more. */
const MAX_RATE = 4;
/** A probe brings somewhat less than its rate; where that is next to nothing, a few packets of sound more or less decide. */
const MARGIN = 1.1;
const MARGIN_DARK = 1.4;
/** What a probe found is looked for again at so much more: one at the same rate would not be made. */
const MORE = 1.15;

export class LayerProbe {
  #lastAt = -Infinity;
  #everyMs = EVERY_MS;
  #lastBps = 0;
  #transport: types.WebRtcTransport | undefined;

  /** The line has just shown what it does not carry. */
  later(): void {
    this.#lastAt = performance.now();
  }

  get due(): boolean {
    return performance.now() - this.#lastAt >= this.#everyMs;
  }

  /**
   * @param used by all that is sent, bps
   * @param found there seems to be room: asked again at once
   */
  async ask(
    transport: types.WebRtcTransport,
    steps: readonly Step[],
    used: number,
    found: boolean,
  ): Promise<void> {
    if (!found && !this.due) return;
    const needs = byPriority(steps).filter(({ more }) => more < Infinity);
    const [first] = needs;
    if (!first) return;
    this.#lastAt = performance.now();
    const dark = isHeldBack(first.held);
    if (dark) this.#everyMs = EVERY_MS;
    else if (!found) this.#everyMs = Math.min(this.#everyMs * SLOWER, SLOWEST_MS);
    this.#transport = transport;
    const all = used + needs.reduce((sum, { more }) => sum + more, 0);
    const room = Math.min(all, Math.max(used + first.more, MAX_RATE * used)) * HEADROOM;
    const needed = room * (dark ? MARGIN_DARK : MARGIN);
    const bps = found ? Math.max(needed, this.#lastBps * MORE) : needed;
    this.#lastBps = bps;
    // libwebrtc probes at the limit whenever it is raised.
    await transport.setMaxOutgoingBitrate(Math.round(bps * 0.9));
    await transport.setMaxOutgoingBitrate(Math.round(bps));
  }

  end(): void {
    this.#everyMs = EVERY_MS;
    const transport = this.#transport;
    this.#transport = undefined;
    if (transport && !transport.closed) transport.setMaxOutgoingBitrate(0).catch(() => undefined);
  }
}
