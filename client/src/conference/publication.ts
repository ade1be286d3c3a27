/** One sent source: what the person wants, and the producer that is brought in line with it. */
import type { types } from 'mediasoup-client';
import { AppError, type ProducerId, type TrackSource } from '@vcallpe/shared';
import { layersOf, SEND_OPTIONS } from './encodings.ts';
import { sendKeyFrame } from './keyframe.ts';
import type { Sending } from './quality/sample.ts';
import type { Signaling } from './signaling.ts';

/** What should be sent. Without a track there is nothing to send. */
export interface Wanted {
  track: MediaStreamTrack | undefined;
  paused: boolean;
}

/** What the send transport hands to its `produce` event. */
export interface ProduceData extends types.AppData {
  source: TrackSource;
  produceId: string;
  paused: boolean;
}

/**
 * The highest layer of each producer that somebody receives, so that those above need not be sent; −1 when nobody
 * receives any. One that is not in here is sent in full.
 */
export type LayersWanted = Map<ProducerId, number>;

/** A producer as this client has it. */
export interface Sent {
  producerId: ProducerId;
  source: TrackSource;
  paused: boolean;
}

export class Publication {
  readonly #source: TrackSource;
  readonly #topLayer: number;
  readonly #transport: types.Transport;
  readonly #signaling: Signaling;
  readonly #layersWanted: LayersWanted;
  #wanted: Wanted = { track: undefined, paused: false };
  #producer: types.Producer | undefined;
  #working: Promise<void> | undefined;

  constructor(
    source: TrackSource,
    transport: types.Transport,
    signaling: Signaling,
    layersWanted: LayersWanted,
  ) {
    this.#source = source;
    this.#topLayer = layersOf(source) - 1;
    this.#transport = transport;
    this.#signaling = signaling;
    this.#layersWanted = layersWanted;
  }

  /**
   * Says what is wanted from now on, and resolves when it is so. Calls that come while a change is under way
   * only move the goal: however fast somebody clicks, the last click wins.
   */
  want(wanted: Wanted): Promise<void> {
    this.#wanted = wanted;
    return this.reconcile();
  }

  /** What is sent now; undefined when nothing is. */
  get sent(): Sent | undefined {
    const { id, paused } = this.#producer ?? {};
    return id === undefined || paused === undefined
      ? undefined
      : { producerId: id, source: this.#source, paused };
  }

  /** Whether packets leave: it is neither paused nor without anybody to receive it. */
  get flows(): boolean {
    const producer = this.#producer;
    return producer !== undefined && !producer.paused && this.#layerWanted(producer) >= 0;
  }

  /** No change is under way. */
  get settled(): boolean {
    return this.#working === undefined;
  }

  /** The server has lost this producer: what is wanted is sent by another one. */
  replace(producerId: ProducerId): Promise<void> {
    if (this.settled && this.#producer?.id === producerId) {
      this.#producer.close();
      this.#producer = undefined;
      this.#layersWanted.delete(producerId);
    }
    return this.reconcile();
  }

  /** What is sent now, with the mid that the browser's statistics name it by; undefined while there is nothing. */
  stream(): [mid: string, sending: Sending] | undefined {
    const producer = this.#producer;
    if (!producer) return undefined;
    const { paused, localId } = producer;
    const layerWanted = this.#layerWanted(producer);
    return [localId, { source: this.#source, paused, layers: this.#topLayer + 1, layerWanted }];
  }

  /** Brings the producer in line, also after news of the layers that somebody receives. */
  reconcile(): Promise<void> {
    this.#working ??= Promise.resolve().then(() => this.#work());
    return this.#working;
  }

  async #work(): Promise<void> {
    try {
      // The check and the end of the work are one synchronous step, so no wish can slip in between.
      for (let step = this.#nextStep(); step; step = this.#nextStep()) await step();
    } finally {
      this.#working = undefined;
    }
  }

  /** The next step towards what is wanted, or undefined when everything is as it should be. */
  #nextStep(): (() => Promise<void>) | undefined {
    const { track, paused } = this.#wanted;
    const producer = this.#producer;
    if (!producer) return track && (() => this.#produce(track, paused));
    if (!track) return () => this.#close(producer);
    if (producer.track !== track) return () => producer.replaceTrack({ track });
    if (producer.paused !== paused) return () => this.#setPaused(producer, paused);
    const layer = this.#layerWanted(producer);
    // Through mediasoup-client, not on the RTCRtpSender itself: the next negotiation would undo that.
    if (layer !== (producer.maxSpatialLayer ?? this.#topLayer))
      return () => producer.setMaxSpatialLayer(layer);
    return undefined;
  }

  #layerWanted({ id, kind }: types.Producer): number {
    if (kind === 'audio') return this.#topLayer;
    return Math.min(this.#layersWanted.get(id) ?? this.#topLayer, this.#topLayer);
  }

  async #close(producer: types.Producer): Promise<void> {
    this.#producer = undefined;
    producer.close();
    this.#layersWanted.delete(producer.id);
    try {
      await this.#signaling.request('closeProducer', { producerId: producer.id });
    } catch (error) {
      // A host has stopped it, and the server has closed it already.
      if (!(error instanceof AppError) || error.code !== 'NOT_FOUND') throw error;
    }
  }

  /** Muting takes effect here first; unmuting only once the server lets the packets through. */
  async #setPaused(producer: types.Producer, paused: boolean): Promise<void> {
    if (paused) producer.pause();
    await this.#signaling.request(paused ? 'pauseProducer' : 'resumeProducer', { producerId: producer.id });
    if (!paused) producer.resume();
  }

  async #produce(track: MediaStreamTrack, paused: boolean): Promise<void> {
    const appData: ProduceData = { source: this.#source, produceId: crypto.randomUUID(), paused };
    const producer = await this.#transport.produce({
      ...SEND_OPTIONS[this.#source],
      track,
      // The page owns its tracks: it shows them, and keeps them through a reconnection.
      stopTracks: false,
      appData,
    });
    this.#producer = producer;
    if (paused) producer.pause();
    // The browser sends since its own negotiation; what came before the server had a producer for it is lost, its
    // first keyframe too, and mediasoup may ask for another one as late as a second after (KeyFrameRequestManager.cpp).
    else if (producer.kind === 'video' && producer.rtpSender) await sendKeyFrame(producer.rtpSender);
  }
}
