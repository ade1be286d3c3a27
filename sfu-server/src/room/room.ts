import { randomUUID } from 'node:crypto';
import type { types } from 'mediasoup';
import {
  AppError,
  type EventName,
  type EventPayload,
  type JoinedRoom,
  type PeerLeftReason,
  type RoomSettings,
  type RtpCapabilities,
  type SessionEndReason,
} from '@vcallpe/shared';
import type { Logger } from '../logger.ts';
import { ROUTER_CODECS } from '../media/codecs.ts';
import { createTransport, transportOptions, type TransportSettings } from '../media/transports.ts';
import type { MediaWorker } from '../media/worker-pool.ts';
import type { Channel } from './channel.ts';
import { Peer, producerView, type Identity, type MediaProducer } from './peer.ts';
import { reconcile } from './receiving.ts';
import { Speakers, createSpeakerObserver } from './speakers.ts';

export interface RoomInfo {
  id: string;
  code: string;
  name: string;
  settings: RoomSettings;
}

export interface RoomOptions {
  transports: TransportSettings;
  log: Logger;
  onClosed: (room: Room) => void;
}

/** A running meeting: one router, and the peers in it. It closes when the last peer has left. */
export class Room {
  /** Follows the database; see room-watch.ts. */
  info: RoomInfo;
  readonly router: types.Router;
  readonly log: Logger;
  readonly #mediaWorker: MediaWorker;
  readonly #transports: TransportSettings;
  readonly #speakers: Speakers;
  readonly #onClosed: (room: Room) => void;
  readonly #peers = new Map<string, Peer>();
  #closed = false;

  static async create(info: RoomInfo, mediaWorker: MediaWorker, options: RoomOptions): Promise<Room> {
    const router = await mediaWorker.worker.createRouter({ mediaCodecs: ROUTER_CODECS });
    try {
      return new Room(info, mediaWorker, router, await createSpeakerObserver(router), options);
    } catch (error) {
      router.close();
      throw error;
    }
  }

  private constructor(
    info: RoomInfo,
    mediaWorker: MediaWorker,
    router: types.Router,
    observer: types.AudioLevelObserver,
    options: RoomOptions,
  ) {
    this.info = info;
    this.router = router;
    this.log = options.log.child({ roomId: info.id });
    this.#mediaWorker = mediaWorker;
    this.#transports = options.transports;
    this.#onClosed = options.onClosed;
    this.#speakers = new Speakers(observer, (peerIds) => this.broadcast('activeSpeakers', { peerIds }));
    router.once('workerclose', () => this.close('workerDied'));
    this.log.info({ worker: mediaWorker.index }, 'room open');
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Everyone inside, and those who are just coming in. */
  get peers(): ReadonlyMap<string, Peer> {
    return this.#peers;
  }

  *joinedPeers(): Iterable<Peer> {
    for (const peer of this.#peers.values()) if (peer.joined) yield peer;
  }

  /**
   * Lets somebody in: a place, two transports, and everything needed to draw the room. The others hear of it.
   *
   * @throws {AppError} ROOM_FULL, or WRONG_STATE when the room closed meanwhile.
   */
  async join(identity: Identity, channel: Channel): Promise<{ peer: Peer; joined: JoinedRoom }> {
    if (this.#closed) throw new AppError('WRONG_STATE', 'This meeting has just ended');
    const { maxParticipants } = this.info.settings;
    if (this.#peers.size >= maxParticipants) {
      throw new AppError('ROOM_FULL', `This meeting is full: it holds ${maxParticipants} people`);
    }
    const id = randomUUID();
    const peer = new Peer(id, identity, channel, this.log.child({ peerId: id }));
    // The place is taken before the first await, so that two joins can't share the last one.
    this.#peers.set(id, peer);
    try {
      const [send, recv] = await Promise.all(
        (['send', 'recv'] as const).map(async (direction) => {
          const transport = await createTransport(
            this.router,
            this.#mediaWorker,
            direction,
            this.#transports,
          );
          peer.addTransport(transport);
          return transport;
        }),
      );
      if (!send || !recv) throw new Error('Unreachable: two directions make two transports');
      if (peer.closed) for (const transport of [send, recv]) transport.close();
      peer.assertOpen();
      peer.sendTransport = send;
      peer.recvTransport = recv;
      const others = [...this.joinedPeers()].map((other) => other.view());
      peer.joined = true;
      this.broadcast('peerJoined', { peer: peer.view() }, peer);
      peer.log.info({ role: identity.role }, 'peer joined');
      return {
        peer,
        joined: {
          room: { code: this.info.code, name: this.info.name },
          self: peer.view(),
          peers: others,
          speakers: [...this.#speakers.current],
          routerRtpCapabilities: this.router.rtpCapabilities as RtpCapabilities,
          sendTransport: transportOptions(send),
          recvTransport: transportOptions(recv),
        },
      };
    } catch (error) {
      this.leave(peer, 'disconnected');
      throw error;
    }
  }

  /** Takes a peer out, with all it sends and receives. Idempotent. */
  leave(peer: Peer, reason: PeerLeftReason): void {
    if (!this.#peers.delete(peer.id)) return;
    peer.close();
    if (peer.joined) {
      this.broadcast('peerLeft', { peerId: peer.id, reason });
      peer.log.info({ reason }, 'peer left');
    }
    if (this.#peers.size === 0) this.close('empty');
  }

  /** Tells everyone why, hangs up, and frees the router. Idempotent; peers first, so that nobody hears of the others. */
  close(reason: SessionEndReason | 'empty'): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const peer of this.#peers.values()) {
      peer.close();
      if (reason !== 'empty') peer.channel.end(reason);
    }
    this.#peers.clear();
    this.router.close();
    this.log.info({ reason }, 'room closed');
    this.#onClosed(this);
  }

  /** From now on the peer is offered what the others send. */
  async startReceiving(peer: Peer, rtpCapabilities: types.RtpCapabilities): Promise<void> {
    if (peer.rtpCapabilities) throw new AppError('WRONG_STATE', 'You are receiving already');
    peer.rtpCapabilities = rtpCapabilities;
    await reconcile(this, peer);
  }

  /** Makes a new producer known: to the others as news and as consumers, to the speaker detection when it is audio. */
  addProducer(peer: Peer, producer: MediaProducer): void {
    peer.producers.set(producer.id, producer);
    producer.observer.once('close', () => {
      peer.producers.delete(producer.id);
      // When its whole peer closes, `peerLeft` says it all.
      if (!peer.closed) this.broadcast('producerClosed', { peerId: peer.id, producerId: producer.id }, peer);
    });
    this.broadcast('producerChanged', { peerId: peer.id, producer: producerView(producer) }, peer);
    if (producer.kind === 'audio') {
      this.#speakers.add(peer.id, producer).catch((error: unknown) => {
        if (!producer.closed) peer.log.error({ err: error }, 'speaker detection misses this microphone');
      });
    }
    for (const other of this.joinedPeers()) if (other !== peer) void reconcile(this, other);
  }

  broadcast<E extends EventName>(event: E, payload: EventPayload<E>, except?: Peer): void {
    for (const peer of this.joinedPeers()) if (peer !== except) peer.channel.send(event, payload);
  }
}
