import type { types } from 'mediasoup';
import {
  AppError,
  LIMITS,
  type ParticipantId,
  type PeerView,
  type ProducerView,
  type Role,
  type Tile,
  type TrackSource,
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
}

export type MediaProducer = types.Producer<ProducerData>;

/**
 * One participant in one room, from admission to close. It is at home on one of the room's routers, and owns its two transports, and through them every
 * producer and consumer; ids that a client sends are looked up here, so nobody reaches what is another's.
 */
export class Peer {
  readonly id: string;
  readonly identity: Identity;
  readonly channel: Channel;
  readonly log: Logger;
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
  /** Others see a peer once it has joined; until then it only holds its place. */
  joined = false;
  readonly #connected = new WeakSet<types.WebRtcTransport>();
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
    for (const transport of this.transports.values()) transport.close();
    this.receiving.close();
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
    transport.on('icestatechange', (state) => this.log.debug({ transport: transport.id, state }, 'ice'));
    transport.on('dtlsstatechange', (state) => {
      const level = state === 'failed' ? 'warn' : 'debug';
      this.log[level]({ transport: transport.id, state }, 'dtls');
    });
  }

  /** True once for each transport: DTLS can be started only once. */
  claimConnect(transport: types.WebRtcTransport): boolean {
    if (this.#connected.has(transport)) return false;
    this.#connected.add(transport);
    return true;
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
