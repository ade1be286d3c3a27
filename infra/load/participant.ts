/** One headless participant: comes in as a browser would, sends what it has, and looks at a page of others. */
import { randomUUID } from 'node:crypto';
import type {
  EventName,
  EventPayload,
  Input,
  JoinedRoom,
  JoinGrant,
  Method,
  Output,
  PeerId,
  ProducerId,
  RtpParameters,
  TrackSource,
  TransportOptions,
  Transports,
} from '@vcallpe/shared';
import { deliver, Signaling, type EventHandlers } from '../../client/src/conference/signaling.ts';
import { now } from './clock.ts';
import type { TilesShown } from './first-frames.ts';
import type { Media, ReceivedFigures, SentFigures } from './media-calls.ts';
import type { VideoLayer } from './media/publisher.ts';
import type { BandwidthEstimation } from './media/subscriber.ts';
import { Viewing } from './viewing.ts';

export interface Admission {
  grant: JoinGrant;
  /** When the attempt that succeeded began, Unix time in ms. */
  askedAtMs: number;
}

/** What it sent and received in the window until it left; undefined for what it did not do. */
export interface Departure {
  sent: SentFigures | undefined;
  received: ReceivedFigures | undefined;
}

export interface ParticipantOptions {
  /** Unique among all participants of a run, also those that have left. */
  id: number;
  name: string;
  admit: () => Promise<Admission>;
  /** Neither for one who only looks. */
  video?: VideoLayer[];
  audio?: { speaking: boolean };
  pageSize: number;
  random: () => number;
  sender: Media;
  receiver: Media;
  bandwidthEstimation: BandwidthEstimation;
  /** A request was refused, or media failed, after it was in. */
  onProblem: (error: unknown) => void;
  /** The server ended it, or its socket was lost. */
  onLost: (reason: string) => void;
}

export class Participant {
  readonly id: number;
  readonly name: string;
  /** From the request for a grant to the answer to `join`, ms. NaN until then. */
  joinMs = NaN;
  /** Since when all of it is connected, Unix time in ms. */
  connectedAtMs = Infinity;
  /** How often it opened new transports, because a worker died or was drained. */
  moves = 0;
  readonly #options: ParticipantOptions;
  readonly #handlers: Partial<EventHandlers> = {
    roomChanged: (news) => this.viewing.roomChanged(news),
    consumersOffered: (offered) => this.#attempt(() => this.viewing.take(offered)),
    consumersClosed: (closed) => this.#attempt(() => this.viewing.drop(closed)),
    layersWanted: ({ producerId, maxSpatialLayer }) => this.#setLayers(producerId, maxSpatialLayer),
    activeSpeakers: ({ peerIds }) => {
      this.#speakers = peerIds;
    },
    transportsLost: () => this.#attempt(() => this.#move()),
    repair: ({ step }) => this.#options.onProblem(new Error(`The server asked for a repair: ${step}`)),
    sessionEnded: ({ reason }) => this.#lost(reason),
  };
  #signaling: Signaling | undefined;
  #viewing: Viewing | undefined;
  #self: PeerId | undefined;
  #early: (() => void)[] = [];
  #speakers: readonly PeerId[] = [];
  readonly #layersWanted = new Map<ProducerId, number>();
  #leaving = false;
  #connected = false;

  constructor(options: ParticipantOptions) {
    this.#options = options;
    this.id = options.id;
    this.name = options.name;
  }

  /** Undefined until it is in. */
  get peerId(): PeerId | undefined {
    return this.#self;
  }

  get publishes(): boolean {
    return this.#options.video !== undefined || this.#options.audio !== undefined;
  }

  get sendsVideo(): boolean {
    return this.#options.video !== undefined;
  }

  get speaking(): boolean {
    return this.#options.audio?.speaking ?? false;
  }

  /** Who speaks, as the server told it last. */
  get speakers(): readonly PeerId[] {
    return this.#speakers;
  }

  /** @throws when it is not in yet */
  get viewing(): Viewing {
    if (!this.#viewing) throw new Error(`${this.name} is not in yet`);
    return this.#viewing;
  }

  /**
   * Resolves when everything is connected, which may be before the first frame.
   *
   * @throws {AppError} what the server refused; other errors when media could not be connected
   */
  async enter(): Promise<void> {
    const { grant, askedAtMs } = await this.#options.admit();
    const signaling = await Signaling.connect(grant.sfuUrl, grant.roomToken);
    this.#signaling = signaling;
    this.#connected = true;
    signaling.onEvent((name, payload) => this.#onEvent(name, payload));
    signaling.onDisconnect(() => this.#lost('disconnected'));
    const joined = await signaling.request('join', {});
    this.joinMs = now() - askedAtMs;
    this.#start(joined, signaling, askedAtMs);
    await this.#connect(joined, signaling);
  }

  async #connect({ sendTransport, recvTransport }: Transports, signaling: Signaling): Promise<void> {
    const { sender, receiver } = this.#options;
    await Promise.all([this.viewing.start(recvTransport), this.#publish(sendTransport, signaling)]);
    const carriers = new Set([sender, receiver]);
    await Promise.all(Array.from(carriers, (media) => media.call('connected', { id: this.id })));
    this.connectedAtMs = now();
  }

  /** New transports, as the same peer. What it counted on those before is gone with them. */
  async #move(): Promise<void> {
    const signaling = this.#signaling;
    if (!signaling || this.#leaving) return;
    this.connectedAtMs = Infinity;
    this.moves += 1;
    const { id, sender, receiver } = this.#options;
    await Promise.all([sender.call('unpublish', { id }), receiver.call('unsubscribe', { id })]);
    await this.#connect(await signaling.request('openTransports', {}), signaling);
  }

  /** Looks at other people. Resolves when all of them are seen, or after 15 s. */
  turnPage(): Promise<TilesShown> {
    return this.viewing.turnPage();
  }

  /** Asks for something else, as a person would. */
  async request<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    if (!this.#signaling) throw new Error(`${this.name} is not in yet`);
    return this.#signaling.request(method, input);
  }

  /** @throws when it sends no audio */
  async setSpeaking(speaking: boolean): Promise<void> {
    if (!this.#options.audio) throw new Error(`${this.name} has no microphone`);
    this.#options.audio = { speaking };
    await this.#options.sender.call('setSpeaking', { id: this.id, speaking });
  }

  async setHand(raised: boolean): Promise<void> {
    await this.#signaling?.request('setHand', { raised });
  }

  /** Goes, and closes its media. Never rejects: the connection may be lost already. */
  async leave(): Promise<Departure> {
    this.#leaving = true;
    this.#viewing?.close();
    if (this.#connected) await this.#signaling?.request('leave', {}).catch(() => undefined);
    this.#signaling?.close();
    const { sender, receiver } = this.#options;
    const [sent, received] = await Promise.all([
      sender.call('unpublish', { id: this.id }).catch(() => undefined),
      receiver.call('unsubscribe', { id: this.id }).catch(() => undefined),
    ]);
    return { sent, received };
  }

  /** See `Media.onFirstFrame`. */
  firstFrame(consumerId: string, atMs: number): void {
    this.#viewing?.firstFrame(consumerId, atMs);
  }

  /** See `Media.onStalled`. */
  stalled(consumerIds: string[]): void {
    if (this.#connected && !this.#leaving) this.#viewing?.stalled(consumerIds);
  }

  #onEvent<E extends EventName>(name: E, payload: EventPayload<E>): void {
    const handle = () => deliver(this.#handlers, name, payload);
    // Events may overtake the answer to `join`, which they build on.
    if (this.#viewing) handle();
    else this.#early.push(handle);
  }

  #start(joined: JoinedRoom, signaling: Signaling, askedAtMs: number): void {
    const { id, receiver, bandwidthEstimation, pageSize, random } = this.#options;
    this.#self = joined.self.peerId;
    this.#speakers = joined.speakers;
    this.#viewing = new Viewing({
      id,
      joined,
      signaling,
      receiver,
      bandwidthEstimation,
      pageSize,
      random,
      askedAtMs,
      attempt: (work) => this.#attempt(work),
    });
    for (const handle of this.#early.splice(0)) handle();
  }

  async #publish(sendTransport: TransportOptions, signaling: Signaling): Promise<void> {
    if (!this.publishes) return;
    const { id, video, audio, sender } = this.#options;
    const published = await sender.call('publish', { id, remote: sendTransport, video, audio });
    const transportId = sendTransport.id;
    const produce = async (source: TrackSource, rtpParameters: RtpParameters) => {
      const produceId = randomUUID();
      const { producerId, maxSpatialLayer } = await signaling.request('produce', {
        produceId,
        transportId,
        source,
        rtpParameters,
        paused: false,
      });
      // What came as an event is as new as the answer, or newer.
      const max = this.#layersWanted.get(producerId) ?? maxSpatialLayer;
      if (source === 'camera') this.#setLayers(producerId, max);
    };
    const { dtlsParameters } = published;
    await Promise.all([
      signaling.request('connectTransport', { transportId, dtlsParameters }),
      published.video && produce('camera', published.video),
      published.audio && produce('microphone', published.audio),
    ]);
  }

  #setLayers(producerId: ProducerId, max: number): void {
    this.#layersWanted.set(producerId, max);
    this.#attempt(() => this.#options.sender.call('setMaxSpatialLayer', { id: this.id, max }));
  }

  /** Does what nobody waits for. A failure is told, unless it is on its way out. */
  #attempt(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => {
      if (!this.#leaving) this.#options.onProblem(error);
    });
  }

  #lost(reason: string): void {
    this.#connected = false;
    if (this.#leaving) return;
    this.#leaving = true;
    this.#options.onLost(reason);
  }
}
