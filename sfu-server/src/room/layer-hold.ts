/**
 * Keeps a picture at the layer that it fell to for want of bandwidth, or paused when even the lowest did not come through.
 * mediasoup takes up the next layer as soon as its estimate allows; on a slow line the estimate jumps with every probe, so the
 * layer is tried, fails, and takes the sound along. Here there has to be room to spare, which is asked for by probes.
 */
import type { types } from 'mediasoup';
import { LayerProbe } from './layer-probe.ts';
import type { Peer } from './peer.ts';
import { isHeldBack, mayFlowWithRoom, type Held } from './receiving.ts';
import { raised, spareOf, stepOf } from './layer-steps.ts';

/** How often it is asked whether there is room again, ms. */
const LOOK_EVERY_MS = 700;
/**
 * At so many looks in a row there has to be room, with another probe at each: a line lets a single burst through that is faster
 * than it. Twice as many after each time that it was wrong.
 */
const LOOKS_MIN = 3;
const LOOKS_MAX = 24;
/** Without room to spare, the next layer is tried after so long, ms; twice as long after each time that it fell again. */
const HOLD_MIN_MS = 60_000;
const HOLD_MAX_MS = 480_000;
/** A layer that was given for the room that seemed to be there, and falls within so long, shows that it was not, ms. */
const PROVEN_AFTER_MS = 15_000;
/**
 * A line that loses so much has become slow at once, and what the browser asks for again, each packet up to ten times, keeps it
 * full for seconds. A paused consumer sends none of that: ms.
 */
const FLOODED_LOSS = 0.25;
const REST_MS = 700;

interface Hold {
  until: number;
  /** For how long it is held the next time that it falls, ms. */
  nextMs: number;
  /** Looks in a row at which there was room, and how many it takes. */
  looks: number;
  looksNeeded: number;
  /** When it was given a layer for the room that was measured, ms. */
  raisedAt: number;
}

export class LayerHold {
  readonly #peer: Peer;
  readonly #apply: (held: Held) => void;
  readonly #probe = new LayerProbe();
  /** Of each picture that has fallen; a hold that is over stays, for how long the next has to be. */
  readonly #holds = new Map<Held, Hold>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  /** @param apply tells the worker of a changed `maxLayer`, and of a rest */
  constructor(peer: Peer, apply: (held: Held) => void) {
    this.#peer = peer;
    this.#apply = apply;
  }

  watch(held: Held): void {
    const { consumer } = held;
    let before = -1;
    consumer.on('layerschange', (layers) => {
      const layer = layers?.spatialLayer ?? -1;
      if (layer < before && this.#connected && fellByItself(held, before)) void this.#fell(held, layer);
      before = layer;
    });
    consumer.observer.once('close', () => {
      this.#holds.delete(held);
      this.#stopIfDone();
    });
  }

  /** Of a path that is gone nothing flows, and that says nothing of the next one's bandwidth. */
  get #connected(): boolean {
    const { iceState } = this.#peer.recvTransport ?? {};
    return iceState === 'connected' || iceState === 'completed';
  }

  async #fell(held: Held, layer: number): Promise<void> {
    if (layer === -1 && (await isOff(held))) return;
    this.#hold(held, layer);
  }

  #hold(held: Held, layer: number): void {
    if (layer >= held.maxLayer) return;
    const now = performance.now();
    const last = this.#holds.get(held);
    const wrong = last !== undefined && now - last.raisedAt < PROVEN_AFTER_MS;
    // From two layers above it falls by way of the next, and that is one fall.
    if (held.maxLayer === Infinity || wrong) {
      const again = last !== undefined && now < last.until + last.nextMs;
      const forMs = again ? last.nextMs : HOLD_MIN_MS;
      const needed = again ? last.looksNeeded : LOOKS_MIN;
      this.#holds.set(held, {
        until: now + forMs,
        nextMs: Math.min(2 * forMs, HOLD_MAX_MS),
        looks: 0,
        looksNeeded: wrong ? Math.min(2 * needed, LOOKS_MAX) : needed,
        raisedAt: -Infinity,
      });
    }
    held.maxLayer = layer;
    this.#apply(held);
    this.#probe.later();
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS);
    if (layer >= 0) void this.#restIfFlooded(held);
  }

  async #restIfFlooded(held: Held): Promise<void> {
    const [stats] = (await this.#peer.recvTransport?.getStats().catch(() => undefined)) ?? [];
    if ((stats?.rtpPacketLossSent ?? 0) < FLOODED_LOSS || held.consumer.closed || held.resting) return;
    held.resting = true;
    this.#apply(held);
    setTimeout(() => {
      held.resting = false;
      this.#apply(held);
    }, REST_MS).unref();
  }

  async #look(): Promise<void> {
    const now = performance.now();
    for (const [held, { until }] of this.#holds) if (until <= now) this.#lift(held, Infinity);
    this.#stopIfDone();
    const { recvTransport, log } = this.#peer;
    const short = [...this.#holds.keys()].filter(isShort);
    // A worker that is slow to answer is not asked twice.
    if (!recvTransport || short.length === 0 || this.#looking) return;
    this.#looking = true;
    try {
      await this.#raise(recvTransport, short);
    } catch (error) {
      // It closed meanwhile.
      log.debug({ err: error }, 'layers held');
    } finally {
      this.#looking = false;
    }
  }

  async #raise(transport: types.WebRtcTransport, short: readonly Held[]): Promise<void> {
    const [stats] = await transport.getStats();
    const { availableOutgoingBitrate: available = 0, rtpSendBitrate: used = 0 } = stats ?? {};
    const spare = spareOf(available, used);
    const steps = spare > 0 || this.#probe.due ? await Promise.all(short.map(stepOf)) : [];
    const fitting = new Set(raised(steps, spare).map(({ held }) => held));
    for (const [held, hold] of this.#holds) {
      hold.looks = fitting.has(held) ? hold.looks + 1 : 0;
      const dark = isHeldBack(held);
      if (hold.looks < (dark ? LOOKS_MIN : hold.looksNeeded)) continue;
      hold.looks = 0;
      // The smallest picture may be tried time and again, for without it there is none; that says nothing of the larger ones.
      if (!dark) hold.raisedAt = performance.now();
      this.#lift(held, held.maxLayer + 1);
    }
    await this.#probe.ask(transport, steps, used, fitting.size > 0);
    this.#stopIfDone();
  }

  #lift(held: Held, maxLayer: number): void {
    const top = (held.producer.rtpParameters.encodings?.length ?? 1) - 1;
    held.maxLayer = Math.max(held.maxLayer, maxLayer >= top ? Infinity : maxLayer);
    this.#apply(held);
  }

  #stopIfDone(): void {
    if (!this.#timer || [...this.#holds.keys()].some(({ maxLayer }) => maxLayer < Infinity)) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#probe.end();
  }
}

/** Not because somebody wanted it, or because the layer is no longer sent. */
function fellByItself({ consumer, producer, paused, spatialLayer = 0 }: Held, before: number): boolean {
  if (paused || producer.paused || consumer.producerPaused || spatialLayer < before) return false;
  return (consumer.score.producerScores[before] ?? 0) > 0;
}

/**
 * The worker tells that nothing flows before it tells that the producer is paused, so it is asked what it knows already. One that
 * it has paused without our having asked for that is a fault, and the audit's to repair.
 */
function isOff({ consumer }: Held): Promise<boolean> {
  return consumer.dump().then(
    ({ paused, producerPaused }) => paused || producerPaused || consumer.closed,
    () => true,
  );
}

/** Less of it flows than the peer's screen asks for. */
function isShort(held: Held): boolean {
  const { consumer, maxLayer, wantedLayer = 0 } = held;
  return mayFlowWithRoom(held) && (maxLayer < wantedLayer || !consumer.currentLayers);
}
