/** What a peer receives: consumers, brought in line with what is wanted as often as something changes. */
import { errors, type types } from 'mediasoup';
import { LIMITS, type ConsumerOffer, type RtpParameters } from '@vcallpe/shared';
import { CapabilitiesByCodec } from '../media/capabilities.ts';
import { LayerHold } from './layer-hold.ts';
import { whenLayerFlows } from './layer-start.ts';
import type { MediaProducer, Peer } from './peer.ts';
import type { Room } from './room.ts';
import { Reconciler } from './reconciler.ts';
import { wantedBy, type Wanted } from './wanted.ts';

/** Paused consumers beyond this many are closed at once, those that were wanted longest ago first. */
const MAX_LINGERING = 40;

/** A producer is new for so long, ms. */
const NEW_MS = 2_000;
/** When a consumer could not be made, ms. */
const RETRY_MS = 1_000;

/** One consumer and what it needs beside it. */
export interface Held {
  readonly consumer: types.Consumer;
  readonly producer: MediaProducer;
  readonly from: Peer;
  /** The client has built its half. Before that, media would come to nothing. */
  ready: boolean;
  active: boolean;
  /** Paused for a moment, so that what is asked for again does not keep a line full that has become slow. */
  resting: boolean;
  /** Not begun: the layer that it is to have does not flow yet. */
  waiting: boolean;
  /** As the worker was told last. mediasoup's own `paused` follows only with the answer. */
  paused: boolean;
  spatialLayer: number | undefined;
  /** As the peer's screen asks for. */
  wantedLayer: number | undefined;
  /** Beyond that there is no bandwidth, see LayerHold; −1: not even for the lowest. */
  maxLayer: number;
  priority: number;
  /** Since when it is not wanted, ms. */
  idleSince: number | undefined;
}

export class Receiving {
  readonly #peer: Peer;
  readonly #held = new Map<string, Held>();
  readonly #byConsumer = new Map<string, Held>();
  /** Producers whose consumer failed for good: their codec is none that this device decodes. */
  readonly #refused = new WeakSet<types.Producer>();
  readonly #capabilities = new CapabilitiesByCodec();
  #reconciler: Reconciler | undefined;
  #closedIds: string[] = [];
  #lingerTimer: NodeJS.Timeout | undefined;
  readonly #lingerMs: number;
  readonly #layerHold: LayerHold;

  /** @param lingerMs how long what is no longer wanted is kept, paused, so that turning a page back is instant */
  constructor(peer: Peer, lingerMs: number) {
    this.#peer = peer;
    this.#lingerMs = lingerMs;
    this.#layerHold = new LayerHold(peer, (held) => {
      this.#setPaused(held);
      this.#setLayer(held);
    });
  }

  /** Consumers held now, by the id of their producer. */
  get consumers(): Map<string, types.Consumer> {
    return new Map([...this.#held].map(([producerId, { consumer }]) => [producerId, consumer]));
  }

  get count(): number {
    return this.#held.size;
  }

  get held(): Iterable<Held> {
    return this.#held.values();
  }

  heldBy(consumerId: string): Held | undefined {
    return this.#byConsumer.get(consumerId);
  }

  consumerOf(producerId: string): types.Consumer | undefined {
    return this.#held.get(producerId)?.consumer;
  }

  /** All that is held now, as it was offered. */
  offers(): ConsumerOffer[] {
    return [...this.#held.values()].map(toOffer);
  }

  /**
   * Brings the consumers in line with what is wanted. Idempotent; calls that come while it works make it look once
   * more. Resolves when what was wanted at the time of the call has been offered.
   */
  reconcile(room: Room): Promise<void> {
    this.#reconciler ??= new Reconciler(() => this.#pass(room));
    return this.#reconciler.run();
  }

  /** The client's halves of these are ready: media may flow. */
  ready(consumerIds: readonly string[]): void {
    for (const id of consumerIds) {
      const held = this.#byConsumer.get(id);
      if (!held || held.ready) continue;
      held.ready = true;
      this.#setPaused(held);
    }
  }

  /** Forgets consumers that closed with their transport. */
  clear(): void {
    clearTimeout(this.#lingerTimer);
    this.#lingerTimer = undefined;
    this.#held.clear();
    this.#byConsumer.clear();
  }

  async #pass(room: Room): Promise<void> {
    if (this.#peer.closed || !this.#peer.rtpCapabilities) return;
    const wanted = wantedBy(room, this.#peer);
    for (const [producerId, held] of this.#held) this.#adjust(held, wanted.get(producerId));
    const missing = [...wanted.values()].filter(
      ({ producer }) => !this.#held.has(producer.id) && !this.#refused.has(producer),
    );
    this.#trim(missing.length);
    if (missing.length === 0) return;
    const offers = await Promise.all(missing.map((each) => this.#take(room, each)));
    const consumers = offers.filter((offer) => offer !== undefined);
    if (consumers.length > 0 && !this.#peer.closed) {
      this.#peer.channel.send('consumersOffered', { consumers });
    }
  }

  #adjust(held: Held, wanted: Wanted | undefined): void {
    const active = wanted?.active ?? false;
    if (active !== held.active) {
      held.active = active;
      this.#setPaused(held);
    }
    if (wanted) {
      held.idleSince = undefined;
      this.#setQuality(held, wanted);
    } else if (held.idleSince === undefined) {
      held.idleSince = performance.now();
      this.#lingerTimer ??= setTimeout(() => this.#expire(), this.#lingerMs);
    }
  }

  /** @returns the offer, or undefined when there is none to be made: one end is gone, or it can't be decoded. */
  async #take(room: Room, wanted: Wanted): Promise<ConsumerOffer | undefined> {
    const { producer, from } = wanted;
    const peer = this.#peer;
    try {
      const consumer = await this.#consume(room, wanted);
      if (!consumer) return undefined;
      // Re-read the world after the await: either end may be gone, and then its event may have passed us by.
      if (peer.closed || producer.closed || consumer.closed) {
        consumer.close();
        return undefined;
      }
      return toOffer(this.#hold(consumer, wanted));
    } catch (error) {
      if (peer.closed || !peer.recvTransport || producer.closed || from.closed) return undefined;
      peer.log.error({ err: error, producer: producer.id }, 'no consumer');
      // It is still wanted, and what went wrong may have been the moment.
      setTimeout(() => void this.reconcile(room), RETRY_MS).unref();
      return undefined;
    }
  }

  async #consume(room: Room, { producer, from, spatialLayer, priority }: Wanted) {
    const { home, recvTransport, rtpCapabilities, log } = this.#peer;
    if (!home || !from.home || !recvTransport || !rtpCapabilities) return undefined;
    // A pipe carries it to this peer's router, for as long as somebody there consumes it.
    const release =
      home === from.home ? undefined : await room.mesh.pipes.acquire(producer, from.home.router, home.router);
    let consumer: types.Consumer;
    try {
      consumer = await recvTransport.consume({
        producerId: producer.id,
        rtpCapabilities: this.#capabilities.for(producer.appData.codec, rtpCapabilities),
        // A keyframe asked for before the client can take it would be lost; it resumes when it is ready.
        paused: true,
        preferredLayers: spatialLayer === undefined ? undefined : { spatialLayer },
      });
    } catch (error) {
      release?.();
      if (!(error instanceof errors.UnsupportedError)) throw error;
      this.#refused.add(producer);
      log.warn({ producer: producer.id }, 'the device of this peer can not decode this producer');
      return undefined;
    }
    // From here on the consumer holds the pipe, and only its end gives it back: a pipe is given back once.
    if (release) {
      if (consumer.closed) release();
      else consumer.observer.once('close', release);
    }
    // The peer may have moved meanwhile, and what was made on a transport as it closed never hears of that.
    if (recvTransport.closed) {
      consumer.close();
      return undefined;
    }
    if (priority !== undefined && priority !== 1) await consumer.setPriority(priority);
    return consumer;
  }

  #hold(consumer: types.Consumer, { producer, from, active, spatialLayer, priority }: Wanted): Held {
    const held: Held = {
      consumer,
      producer,
      from,
      ready: false,
      active,
      resting: false,
      waiting: false,
      paused: true,
      spatialLayer,
      wantedLayer: spatialLayer,
      maxLayer: Infinity,
      priority: priority ?? 1,
      idleSince: undefined,
    };
    this.#held.set(consumer.producerId, held);
    this.#byConsumer.set(consumer.id, held);
    if (consumer.kind === 'video') this.#layerHold.watch(held);
    consumer.observer.once('close', () => {
      this.#byConsumer.delete(consumer.id);
      if (this.#held.get(consumer.producerId) === held) this.#held.delete(consumer.producerId);
      this.#tellClosed(consumer.id);
    });
    return held;
  }

  /** Closings of one turn of the loop, such as a camera and a microphone of who leaves, are one message. */
  #tellClosed(consumerId: string): void {
    if (this.#peer.closed) return;
    this.#closedIds.push(consumerId);
    if (this.#closedIds.length > 1) return;
    setImmediate(() => {
      const consumerIds = this.#closedIds;
      this.#closedIds = [];
      if (!this.#peer.closed) this.#peer.channel.send('consumersClosed', { consumerIds });
    });
  }

  #setPaused(held: Held): void {
    const { consumer, producer, spatialLayer = 0 } = held;
    const begins = held.paused && mayFlow(held);
    // What is sent since a moment ago, as after a lost path, comes as it comes: then a picture is worth more than its size.
    const mayWait = spatialLayer > 0 && performance.now() - producer.appData.madeAt > NEW_MS;
    if (!begins || !mayWait) return this.#pause(held);
    held.waiting = true;
    whenLayerFlows(consumer, spatialLayer, () => {
      held.waiting = false;
      this.#pause(held);
    });
  }

  #pause(held: Held): void {
    const paused = !mayFlow(held);
    if (paused === held.paused) return;
    held.paused = paused;
    this.#attempt(paused ? held.consumer.pause() : held.consumer.resume());
  }

  #setQuality(held: Held, { spatialLayer, priority = 1 }: Wanted): void {
    held.wantedLayer = spatialLayer;
    this.#setLayer(held);
    if (priority !== held.priority) {
      held.priority = priority;
      this.#attempt(held.consumer.setPriority(priority));
    }
  }

  #setLayer(held: Held): void {
    if (held.wantedLayer === undefined) return;
    const spatialLayer = Math.min(held.wantedLayer, Math.max(held.maxLayer, 0));
    if (spatialLayer === held.spatialLayer) return;
    held.spatialLayer = spatialLayer;
    this.#attempt(held.consumer.setPreferredLayers({ spatialLayer }));
  }

  /** A consumer that closes meanwhile can't be changed, and need not be. */
  #attempt(change: Promise<void>): void {
    change.catch((error: unknown) => {
      if (!this.#peer.closed) this.#peer.log.debug({ err: error }, 'consumer could not be changed');
    });
  }

  /** Closes what has not been wanted for long. */
  #expire(): void {
    this.#lingerTimer = undefined;
    const now = performance.now();
    let next = Infinity;
    for (const held of [...this.#held.values()]) {
      if (held.idleSince === undefined) continue;
      const rest = held.idleSince + this.#lingerMs - now;
      if (rest <= 0) held.consumer.close();
      else next = Math.min(next, rest);
    }
    if (next < Infinity) this.#lingerTimer = setTimeout(() => this.#expire(), next);
  }

  /** Makes room for new consumers among those that only linger. */
  #trim(coming: number): void {
    const idle = [...this.#held.values()]
      .filter(({ idleSince }) => idleSince !== undefined)
      .sort((a, b) => (a.idleSince ?? 0) - (b.idleSince ?? 0));
    const tooMany = Math.max(
      idle.length - MAX_LINGERING,
      this.#held.size + coming - LIMITS.consumersPerPeer,
      0,
    );
    for (const { consumer } of idle.slice(0, tooMany)) consumer.close();
  }
}

/** It is shown, the client is ready for it, and nothing keeps it back. */
export function mayFlow(held: Held): boolean {
  return mayFlowWithRoom(held) && !isHeldBack(held);
}

/** Nothing but want of bandwidth keeps it back, if anything does. */
export function mayFlowWithRoom({ ready, active, resting, waiting }: Held): boolean {
  return ready && active && !resting && !waiting;
}

/** It is paused because there is no bandwidth even for its lowest layer. */
export function isHeldBack({ maxLayer }: Held): boolean {
  return maxLayer < 0;
}

function toOffer({ consumer, producer, from }: Held): ConsumerOffer {
  return {
    consumerId: consumer.id,
    producerId: producer.id,
    peerId: from.id,
    source: producer.appData.source,
    kind: consumer.kind,
    rtpParameters: consumer.rtpParameters as RtpParameters,
    producerPaused: producer.paused,
  };
}
