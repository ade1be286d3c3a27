/** What a session receives: the consumers that the server offers, taken in batches of one negotiation each. */
import type { types } from 'mediasoup-client';
import type { ConsumerId, ConsumerOffer, ProducerId } from '@vcallpe/shared';
import { layersOf } from './encodings.ts';
import type { Receiving } from './quality/sample.ts';
import type { TrackChange } from './roster.ts';
import type { StatsReports } from './stats.ts';

/**
 * How often a track may break a session before it is left out. Once may be the browser's bad day; a track that
 * nobody can decode must not keep everyone else from the meeting.
 */
const MAX_FAILURES = 2;

export interface ReceptionOptions {
  transport: types.Transport;
  /** Tells the server that the client's halves of these are ready. */
  resume: (consumerIds: ConsumerId[]) => Promise<unknown>;
  /** How often each producer could not be taken; outlives the session. */
  failures: Map<ProducerId, number>;
  /** Tracks that arrived or went away, those of a batch together. */
  onTracks: (changes: TrackChange[]) => void;
  /** Something could not be taken, and the receive transport may be broken with it. */
  onError: (error: unknown) => void;
}

export class Reception {
  readonly #options: ReceptionOptions;
  /** Everything that is offered and has not closed. */
  readonly #received = new Map<ConsumerId, { offer: ConsumerOffer; consumer?: types.Consumer }>();
  #waiting: ConsumerOffer[] = [];
  #started = false;
  #working: Promise<void> | undefined;

  constructor(options: ReceptionOptions) {
    this.#options = options;
  }

  /** From here on offers are taken. Resolves, always, when those that wait already have begun to flow. */
  start(): Promise<void> {
    this.#started = true;
    return this.#work();
  }

  offer(offers: readonly ConsumerOffer[]): void {
    for (const offer of offers) {
      // One that was made while a socket came back is told twice: with all that is held, and as it is new.
      if (this.#received.has(offer.consumerId) || this.#failuresOf(offer) >= MAX_FAILURES) continue;
      this.#received.set(offer.consumerId, { offer });
      this.#waiting.push(offer);
    }
    if (this.#started) void this.#work();
  }

  get consumerIds(): ConsumerId[] {
    return [...this.#received.keys()];
  }

  /** All that the server holds now: the rest is gone, and what is new is taken. */
  sync(offers: readonly ConsumerOffer[]): void {
    const held = new Set(offers.map(({ consumerId }) => consumerId));
    this.drop(this.consumerIds.filter((id) => !held.has(id)));
    this.offer(offers.filter(({ consumerId }) => !this.#received.has(consumerId)));
  }

  /** Packets received so far, of each consumer. Some browsers tell of one only after its first packet. */
  packets(reports: StatsReports): Map<ConsumerId, number> {
    const byTrack = new Map<string | undefined, number>();
    for (const { type, trackIdentifier, packetsReceived = 0 } of reports.values()) {
      if (type === 'inbound-rtp') byTrack.set(trackIdentifier, packetsReceived);
    }
    const packets = new Map<ConsumerId, number>();
    for (const [consumerId, { consumer }] of this.#received) {
      if (consumer) packets.set(consumerId, byTrack.get(consumer.track.id) ?? 0);
    }
    return packets;
  }

  /** What is received now, by the id of each track. */
  streams(): Map<string, Receiving> {
    const streams = new Map<string, Receiving>();
    for (const { offer, consumer } of this.#received.values()) {
      const { peerId, producerId, source } = offer;
      if (consumer) streams.set(consumer.track.id, { peerId, producerId, source, layers: layersOf(source) });
    }
    return streams;
  }

  drop(consumerIds: readonly ConsumerId[]): void {
    const gone: TrackChange[] = [];
    for (const consumerId of consumerIds) {
      const entry = this.#received.get(consumerId);
      this.#received.delete(consumerId);
      entry?.consumer?.close();
      if (entry?.consumer) gone.push({ ...entry.offer, track: undefined });
    }
    if (gone.length > 0) this.#options.onTracks(gone);
  }

  /** What is offered while a batch is negotiated waits for the next one. */
  #work(): Promise<void> {
    this.#working ??= this.#takeAll().catch((error: unknown) => this.#options.onError(error));
    return this.#working;
  }

  async #takeAll(): Promise<void> {
    // Offers of one task are taken together, and `#working` is set before it is cleared.
    await undefined;
    try {
      for (let batch = this.#nextBatch(); batch.length > 0; batch = this.#nextBatch())
        await this.#take(batch);
    } finally {
      this.#working = undefined;
    }
  }

  /**
   * All that wait together: mediasoup-client makes one negotiation of what is asked in one go. But one bad track
   * fails such a batch as a whole, so those that have been in a failed one are taken last, and alone.
   */
  #nextBatch(): ConsumerOffer[] {
    const waiting = this.#waiting.filter(({ consumerId }) => this.#received.has(consumerId));
    const trusted = waiting.filter((offer) => this.#failuresOf(offer) === 0);
    const batch = trusted.length > 0 ? trusted : waiting.slice(0, 1);
    this.#waiting = waiting.filter((offer) => !batch.includes(offer));
    return batch;
  }

  /** @throws when one of them could not be taken. The others of the batch have their tracks nevertheless. */
  async #take(batch: readonly ConsumerOffer[]): Promise<void> {
    const { transport, resume, failures, onTracks } = this.#options;
    const errors: unknown[] = [];
    const attempts = batch.map(async (offer) => {
      try {
        return await this.#consume(offer);
      } catch (error) {
        // A track that went away meanwhile is no failure.
        if (transport.closed || !this.#received.has(offer.consumerId)) return undefined;
        failures.set(offer.producerId, this.#failuresOf(offer) + 1);
        errors.push(error);
        return undefined;
      }
    });
    const made = (await Promise.all(attempts)).filter((each) => each !== undefined);
    const taken = made.filter(({ offer }) => this.#received.has(offer.consumerId));
    if (taken.length > 0) onTracks(taken.map(({ offer, track }) => ({ ...offer, track })));
    if (errors.length > 0) throw errors[0];
    if (taken.length === 0) return;
    for (const { offer } of taken) failures.delete(offer.producerId);
    await resume(taken.map(({ offer }) => offer.consumerId));
  }

  /** Makes the client's half. Undefined when it closed meanwhile. */
  async #consume(
    offer: ConsumerOffer,
  ): Promise<{ offer: ConsumerOffer; track: MediaStreamTrack } | undefined> {
    const { consumerId, producerId, peerId, kind } = offer;
    const consumer = await this.#options.transport.consume({
      id: consumerId,
      producerId,
      kind,
      rtpParameters: offer.rtpParameters as types.RtpParameters,
      // Tracks of one person that share a stream id are kept in sync by the browser.
      streamId: peerId,
    });
    if (!this.#received.has(consumerId)) {
      consumer.close();
      return undefined;
    }
    this.#received.set(consumerId, { offer, consumer });
    return { offer, track: consumer.track };
  }

  #failuresOf({ producerId }: ConsumerOffer): number {
    return this.#options.failures.get(producerId) ?? 0;
  }
}
