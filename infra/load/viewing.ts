/** What one participant looks at and listens to: a page of tiles, the consumers that bring them, and their first frames. */
import type {
  EventPayload,
  JoinedRoom,
  PeerId,
  PeerView,
  ProducerId,
  TransportOptions,
} from '@vcallpe/shared';
import type { Signaling } from '../../client/src/conference/signaling.ts';
import { now } from './clock.ts';
import { sentCamera, VideoLedger } from './expectation.ts';
import { FirstFrames, type TilesShown } from './first-frames.ts';
import type { Media } from './media-calls.ts';
import { Subscriber, type BandwidthEstimation } from './media/subscriber.ts';
import { fillPage, nextPage, tilesOf } from './page.ts';
import { Roster } from './roster.ts';

/** Tiles that have not begun by then are given up, ms. */
const TILES_WITHIN_MS = 15_000;

export interface ViewingOptions {
  /** The participant's number. */
  id: number;
  joined: JoinedRoom;
  signaling: Signaling;
  receiver: Media;
  bandwidthEstimation: BandwidthEstimation;
  /** The server may allow fewer. */
  pageSize: number;
  random: () => number;
  /** When the participant asked to come in, Unix time in ms. */
  askedAtMs: number;
  /** Does what nobody waits for, and tells somebody when it fails. */
  attempt: (work: () => Promise<unknown>) => void;
}

export class Viewing {
  readonly ledger = new VideoLedger();
  /** From the request for a grant until all tiles of the first page show something. */
  readonly firstPage: Promise<TilesShown>;
  readonly pageSize: number;
  readonly #options: ViewingOptions;
  readonly #roster: Roster;
  readonly #firstFrames = new FirstFrames();
  readonly #consumers = new Map<string, ProducerId>();
  readonly #consumerOf = new Map<ProducerId, string>();
  #page: PeerId[];

  constructor(options: ViewingOptions) {
    const { joined, pageSize, random, askedAtMs } = options;
    this.#options = options;
    this.pageSize = Math.min(pageSize, joined.maxTiles);
    this.#roster = new Roster(joined.self.peerId, joined.peers);
    this.#page = fillPage([], this.#roster.publishers, this.pageSize, random);
    this.#expectPage();
    this.firstPage = this.#firstFrames.watch(this.ledger.waiting, askedAtMs, TILES_WITHIN_MS);
  }

  get others(): ReadonlyMap<PeerId, PeerView> {
    return this.#roster.peers;
  }

  get page(): readonly PeerId[] {
    return this.#page;
  }

  producerOf(consumerId: string): ProducerId | undefined {
    return this.#consumers.get(consumerId);
  }

  /** Opens the transport and asks for what the page shows. Once more with a new one, after the one before was lost. */
  async start(recvTransport: TransportOptions): Promise<void> {
    const { id, joined, signaling, receiver, bandwidthEstimation } = this.#options;
    const { routerRtpCapabilities } = joined;
    this.#consumers.clear();
    this.#consumerOf.clear();
    const dtlsParameters = await receiver.call('subscribe', {
      id,
      remote: recvTransport,
      bandwidthEstimation,
    });
    const rtpCapabilities = Subscriber.capabilities(routerRtpCapabilities, bandwidthEstimation);
    await Promise.all([
      signaling.request('connectTransport', { transportId: recvTransport.id, dtlsParameters }),
      signaling.request('receive', { rtpCapabilities, tiles: tilesOf(this.#page) }),
    ]);
  }

  /** Looks at other people. Resolves when all of them are seen, or after 15 s. */
  turnPage(): Promise<TilesShown> {
    const { random } = this.#options;
    const startMs = now();
    this.#show(nextPage(this.#page, this.#roster.publishers, this.pageSize, random));
    return this.#firstFrames.watch(this.ledger.waiting, startMs, TILES_WITHIN_MS);
  }

  roomChanged(news: EventPayload<'roomChanged'>): void {
    const { paused, resumed } = this.#roster.apply(news);
    // A track that is muted stops, and begins again when it is not: neither is a freeze.
    this.#expectStreams(resumed, paused);
    this.#show(fillPage(this.#page, this.#roster.publishers, this.pageSize, this.#options.random));
  }

  async take({ consumers }: EventPayload<'consumersOffered'>): Promise<void> {
    const { id, receiver, signaling } = this.#options;
    for (const { consumerId, producerId } of consumers) {
      this.#consumers.set(consumerId, producerId);
      this.#consumerOf.set(producerId, consumerId);
    }
    const subscriptions = consumers.map(({ consumerId, producerId, kind, rtpParameters }) => ({
      consumerId,
      producerId,
      kind,
      rtpParameters,
    }));
    // The keyframe comes with the answer to the second, so the first must be done by then.
    await receiver.call('add', { id, subscriptions });
    await signaling.request('resumeConsumers', { consumerIds: consumers.map((each) => each.consumerId) });
  }

  async drop({ consumerIds }: EventPayload<'consumersClosed'>): Promise<void> {
    for (const consumerId of consumerIds) {
      const producerId = this.#consumers.get(consumerId);
      this.#consumers.delete(consumerId);
      if (producerId && this.#consumerOf.get(producerId) === consumerId) this.#consumerOf.delete(producerId);
    }
    await this.#options.receiver.call('remove', { id: this.#options.id, consumerIds });
  }

  firstFrame(consumerId: string, atMs: number): void {
    const producerId = this.#consumers.get(consumerId);
    if (producerId === undefined) return;
    this.ledger.firstFrame(producerId, atMs);
    this.#firstFrames.began(producerId, atMs);
  }

  /** As a browser's client: the server knows which of these should flow, and repairs them. */
  stalled(consumerIds: string[]): void {
    // Without an answer there is nothing else to be done, and the next time tells it again.
    this.#options.signaling.request('stalled', { consumerIds }).catch(() => undefined);
  }

  /** Nobody looks any longer. */
  close(): void {
    this.#firstFrames.close();
  }

  /** Makes this the page, and tells the server if it is another one. */
  #show(page: PeerId[]): void {
    const shown = this.#page;
    this.#page = page;
    this.#expectPage();
    if (page.length === shown.length && page.every((peerId) => shown.includes(peerId))) return;
    this.#options.attempt(() => this.#options.signaling.request('show', { tiles: tilesOf(page) }));
  }

  #expectPage(): void {
    const wanted = new Map<ProducerId, PeerId>();
    for (const peerId of this.#page) {
      const producerId = sentCamera(this.others.get(peerId));
      if (producerId) wanted.set(producerId, peerId);
    }
    const before = this.ledger.current;
    this.ledger.expect(wanted, now());
    const hidden = before.filter((producerId) => !wanted.has(producerId));
    for (const producerId of hidden) this.#firstFrames.forget(producerId);
    const shown = [...wanted.keys()].filter((producerId) => !before.includes(producerId));
    this.#expectStreams(shown, hidden);
  }

  /** Only those that have a consumer; one that is still to come begins by itself. */
  #expectStreams(flowing: readonly ProducerId[], silent: readonly ProducerId[]): void {
    const held = (ids: readonly ProducerId[]) =>
      ids.map((id) => this.#consumerOf.get(id)).filter((id) => id !== undefined);
    const input = { id: this.#options.id, flowing: held(flowing), silent: held(silent) };
    if (input.flowing.length + input.silent.length === 0) return;
    this.#options.attempt(() => this.#options.receiver.call('expect', input));
  }
}
