import { randomBytes } from 'node:crypto';
import type { types } from 'mediasoup';
import {
  AppError,
  LIMITS,
  type ParticipantId,
  type EventPayload,
  type PeerView,
  type ProducerView,
  type ResumeKey,
  type Role,
  type Tile,
  type TrackSource,
  type TransportsLostReason,
} from '@vcallpe/shared';
import type { Logger } from '../logger.ts';
import type { Channel } from './channel.ts';
import type { RoomRouter } from './mesh.ts';
import { Receiving } from './receiving.ts';

export interface Identity {
  participantId: ParticipantId;
  displayName: string;
  role: Role;
}

/** What a producer carries in mediasoup's appData. */
export interface ProducerData extends types.AppData {
  source: TrackSource;
  /** MIME type of what it is encoded with. */
  codec: string;
  /** Heights of its layers, px, lowest first; see layers.ts. */
  layerHeights: readonly number[];
  /** `performance.now()`. */
  madeAt: number;
}

export type MediaProducer = types.Producer<ProducerData>;

/**
 * One participant in one room, from admission to close. It is at home on one of the room's routers, and owns its two
 * transports, and through them every producer and consumer; ids that a client sends are looked up here, so nobody reaches
 * what is another's. Home and transports may change while it stays.
 */
export class Peer {
  readonly id: string;
  readonly identity: Identity;
  readonly channel: Channel;
  readonly log: Logger;
  /** Brings a new socket back to this place. A secret of its client. */
  readonly resumeKey: ResumeKey = randomBytes(24).toString('base64url');
  readonly transports = new Map<string, types.WebRtcTransport>();
  readonly producers = new Map<string, MediaProducer>();
  /** What it gets from the others. */
  readonly receiving: Receiving;
  /** Sources that this peer sends, or is about to. */
  readonly sending = new Set<TrackSource>();
  /** Requests to produce by the client's produceId, so that a repeated one makes nothing twice. */
  readonly produced = new Map<string, Promise<MediaProducer>>();
  /** What is on its screen, by `peerId/source`. */
  tiles: ReadonlyMap<string, Tile> = new Map();
  /** Where its transports are; there from the moment it is placed. */
  home: RoomRouter | undefined;
  sendTransport: types.WebRtcTransport | undefined;
  recvTransport: types.WebRtcTransport | undefined;
  /** Set by `receive`; until then nothing is offered. */
  rtpCapabilities: types.RtpCapabilities | undefined;
  /** Why it is to open new transports; undefined while those it has are good. */
  transportsLost: TransportsLostReason | undefined;
  /** Others see a peer once it has joined; until then it only holds its place. */
  joined = false;
  /** Unix ms; undefined while the hand is down. */
  handRaisedAt: number | undefined;
  /** Its socket was lost, and long enough ago to be told to the others. */
  away = false;
  /** What had come from its client when it was last doubted, as `bytesReceived` tells it. */
  doubted: { at: number; bytes: number } | undefined;
  /** What was done to it lately: its socket may have been lost already, and it is told again when it is back. */
  readonly lately: { at: number; told: EventPayload<'moderated'> }[] = [];
  /** What a host has muted or stopped, until its own client begins again, with what was told of it. */
  readonly heldBack = new Map<TrackSource, EventPayload<'moderated'>>();
  /** The DTLS parameters that each was connected with. */
  readonly #connected = new WeakMap<types.WebRtcTransport, string>();
  readonly #closedListeners: (() => void)[] = [];
  #closed = false;

  constructor(id: string, identity: Identity, channel: Channel, log: Logger, lingerMs: number) {
    this.id = id;
    this.identity = identity;
    this.channel = channel;
    this.log = log;
    this.receiving = new Receiving(this, lingerMs);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** What it sends of this source now. */
  producerOf(source: TrackSource): MediaProducer | undefined {
    for (const producer of this.producers.values()) if (producer.appData.source === source) return producer;
    return undefined;
  }

  /** Transports close their producers and consumers; see CLOSURES.md. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.closeTransports();
    for (const listener of this.#closedListeners) listener();
  }

  /** Called once, when it closes. */
  onClosed(listener: () => void): void {
    this.#closedListeners.push(listener);
  }

  /** Closes both transports, and with them all that it sends and receives. Nothing is offered until the next `receive`. */
  closeTransports(): void {
    this.rtpCapabilities = undefined;
    this.sendTransport = undefined;
    this.recvTransport = undefined;
    for (const transport of this.transports.values()) transport.close();
    this.receiving.clear();
  }

  /** Nothing seems to come from its client any more: finds out whether it is still there. */
  doubt(): void {
    this.channel.probe();
    // If it is not, it has been gone since now, and not only since its socket was given up.
    const at = performance.now();
    void this.bytesReceived().then((bytes) => (this.doubted = { at, bytes }));
  }

  /** What came from its client over both transports so far, bytes; consent checks count. */
  async bytesReceived(): Promise<number> {
    // One that closes meanwhile has nothing to add.
    const stats = [...this.transports.values()].map((transport) => transport.getStats().catch(() => []));
    return (await Promise.all(stats)).flat().reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
  }

  /** @throws {AppError} WRONG_STATE after close; call it after every await that touches the peer. */
  assertOpen(): void {
    if (this.#closed) throw new AppError('WRONG_STATE', 'You have left this meeting');
  }

  addTransport(transport: types.WebRtcTransport): void {
    if (this.transports.size >= LIMITS.transportsPerPeer) {
      transport.close();
      throw new AppError('LIMIT_REACHED', `At most ${LIMITS.transportsPerPeer} transports`);
    }
    this.transports.set(transport.id, transport);
    transport.observer.once('close', () => this.transports.delete(transport.id));
    transport.on('icestatechange', (state) => {
      this.log.debug({ transport: transport.id, state }, 'ice');
      // Nothing has come from the client for long. If it is there, it is busy restarting ICE; if not, it is a ghost.
      if (state === 'disconnected') this.doubt();
    });
    transport.on('dtlsstatechange', (state) => {
      const level = state === 'failed' ? 'warn' : 'debug';
      this.log[level]({ transport: transport.id, state }, 'dtls');
    });
  }

  /**
   * DTLS can be started only once. @returns false when it was, with the same parameters: the answer was lost with a socket.
   *
   * @throws {AppError} WRONG_STATE when it was with others.
   */
  claimConnect(transport: types.WebRtcTransport, dtlsParameters: object): boolean {
    const claimed = this.#connected.get(transport);
    const claim = JSON.stringify(dtlsParameters);
    if (claimed !== undefined && claimed !== claim) {
      throw new AppError('WRONG_STATE', 'This transport is connected already');
    }
    this.#connected.set(transport, claim);
    return claimed === undefined;
  }

  /** It did not work: it may be tried again. */
  disclaimConnect(transport: types.WebRtcTransport): void {
    this.#connected.delete(transport);
  }

  transport(id: string): types.WebRtcTransport {
    return found(this.transports.get(id), 'transport', id);
  }

  producer(id: string): MediaProducer {
    return found(this.producers.get(id), 'producer', id);
  }

  view(): PeerView {
    return {
      peerId: this.id,
      ...this.identity,
      handRaisedAt: this.handRaisedAt,
      ...(this.away && { away: true }),
      producers: [...this.producers.values()].map(producerView),
    };
  }
}

export function producerView(producer: MediaProducer): ProducerView {
  const { id, kind, paused, appData } = producer;
  return { producerId: id, source: appData.source, kind, paused };
}

export function tileKey({ peerId, source }: Pick<Tile, 'peerId' | 'source'>): string {
  return `${peerId}/${source}`;
}

function found<T>(value: T | undefined, what: string, id: string): T {
  if (value === undefined) throw new AppError('NOT_FOUND', `You have no ${what} ${id}`);
  return value;
}
