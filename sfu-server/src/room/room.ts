import { randomUUID } from 'node:crypto';
import type { types } from 'mediasoup';
import {
  AppError,
  may,
  type MeetingState,
  type EventName,
  type EventPayload,
  type JoinedRoom,
  type PeerLeftReason,
  type ProducerId,
  type RoomSettings,
  type RtpCapabilities,
  type ResumeKey,
  type RoomView,
  type SessionEndReason,
  type Tile,
  type TransportsLostReason,
} from '@vcallpe/shared';
import type { Logger } from '../logger.ts';
import type { TransportSettings } from '../media/transports.ts';
import type { WorkerPool } from '../media/worker-pool.ts';
import type { Broadcast, Channel } from './channel.ts';
import { Admission } from './admission.ts';
import { MediaAudit } from './audit.ts';
import type { Mend } from './confirm.ts';
import { Demand } from './demand.ts';
import type { Cause } from './diagnosis.ts';
import { askForKeyFrames } from './fresh-pictures.ts';
import { Homes } from './homes.ts';
import type { Meeting } from './meeting.ts';
import { RoomMesh, type RoomRouter } from './mesh.ts';
import { RoomNews } from './news.ts';
import { Peer, tileKey, type Identity, type MediaProducer } from './peer.ts';
import type { Step } from './repairs.ts';
import { Speakers } from './speakers.ts';
import { layerWanted } from './wanted.ts';

export interface RoomInfo {
  id: string;
  code: string;
  name: string;
  settings: RoomSettings;
}

/** What an operator sets for every room. */
export interface RoomPolicy {
  /** How many others each peer hears: the K loudest. */
  audibleSpeakers: number;
  /** How many tiles a client may show at a time. */
  maxTiles: number;
  /** How long a consumer is kept, paused, after its tile was hidden, ms. */
  lingerMs: number;
}

export interface RoomOptions {
  workers: WorkerPool;
  transports: TransportSettings;
  policy: RoomPolicy;
  broadcast: Broadcast;
  /** Media that did not flow was repaired. */
  onRepair: (cause: Cause | 'outOfStep', step: Step | Mend) => void;
  log: Logger;
  /** The meeting that goes on here, or the one that is to come. */
  meeting: Meeting;
  /** The one after that. */
  nextMeeting: () => Meeting;
  onClosed: (room: Room) => void;
}

/** Who wants in, instead of whom. */
export interface Entry {
  /** Replaces whoever holds this place. */
  previous?: ResumeKey | undefined;
  /** Replaces this person's own presence elsewhere. */
  takeOver?: boolean | undefined;
}

/**
 * A room in use: its peers, on one router for each worker that it uses. It closes when the last peer has left and nobody
 * waits at its door.
 */
export class Room {
  /** Follows the database; see room-watch.ts. */
  info: RoomInfo;
  readonly log: Logger;
  readonly mesh: RoomMesh;
  readonly homes: Homes;
  readonly speakers: Speakers;
  /** The sound of every share, by producer: everyone hears all of it, however many speak. */
  readonly shareSounds = new Map<ProducerId, { peer: Peer; producer: MediaProducer }>();
  readonly demand = new Demand();
  readonly audit: MediaAudit;
  /** Is told each repair, by its cause. */
  readonly onRepair: RoomOptions['onRepair'];
  readonly admission: Admission;
  meeting: Meeting;
  readonly #options: RoomOptions;
  readonly #news: RoomNews;
  /** Everyone who has joined hears what is told to it. Another one for each life of the room. */
  readonly #audience = `room:${randomUUID()}`;
  readonly #peers = new Map<string, Peer>();
  #closed = false;

  constructor(info: RoomInfo, options: RoomOptions) {
    this.info = info;
    this.log = options.log.child({ roomId: info.id });
    this.#options = options;
    this.meeting = options.meeting;
    this.admission = new Admission(this);
    this.mesh = new RoomMesh({
      workers: options.workers,
      onLevels: (levels) => this.speakers.report(levels),
      onLost: (lost) => this.moveAway(lost, 'workerDied'),
    });
    this.onRepair = options.onRepair;
    this.audit = new MediaAudit(this, options.onRepair);
    this.homes = new Homes(this.mesh, options.transports, (peer, direction) =>
      askForKeyFrames(this, peer, direction),
    );
    this.speakers = new Speakers({
      audible: options.policy.audibleSpeakers,
      onSpeaking: (peerIds) => this.#tellSpeakers(peerIds),
      onAudible: () => this.#reconcileAll(),
      onContested: () => this.mesh.listenPrecisely(),
    });
    this.#news = new RoomNews(
      (news) => options.broadcast(this.#audience, 'roomChanged', news),
      () => this.#peers.size,
    );
    this.log.info('room open');
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
   * Lets somebody in: a place, two transports, and everything needed to draw the room. The others hear of it. One
   * identity is in a room once: what is left of it from before goes.
   *
   * @throws {AppError} ALREADY_JOINED; what `Admission.check` refuses with; UNAVAILABLE when no worker takes peers, or WRONG_STATE when the room
   * closed meanwhile.
   */
  async join(
    identity: Identity,
    channel: Channel,
    entry: Entry = {},
  ): Promise<{ peer: Peer; joined: JoinedRoom }> {
    if (this.#closed) throw new AppError('WRONG_STATE', 'This meeting has just ended');
    if (!this.meeting.current) this.meeting = this.#options.nextMeeting();
    const replaced = this.#replacedBy(identity, entry);
    identity.role = this.admission.check(identity, this.#peers.size - replaced.length);
    const id = randomUUID();
    const { maxTiles, lingerMs } = this.#options.policy;
    const peer = new Peer(id, identity, channel, this.log.child({ peerId: id }), lingerMs);
    // The place is taken before the first await, so that two joins can't share the last one.
    this.#peers.set(id, peer);
    for (const old of replaced) {
      this.leave(old, 'replaced');
      old.channel.end('takenOver');
    }
    this.#expectTiles(peer, maxTiles);
    try {
      const transports = await this.homes.settle(peer);
      peer.joined = true;
      this.admission.entered(peer);
      peer.channel.listen(this.#audience);
      this.#news.changed(peer);
      peer.log.info({ role: identity.role, worker: peer.home?.mediaWorker.index }, 'peer joined');
      return {
        peer,
        joined: {
          ...this.viewFor(peer),
          ...transports,
          resumeKey: peer.resumeKey,
          routerRtpCapabilities: peer.home?.router.rtpCapabilities as RtpCapabilities,
        },
      };
    } catch (error) {
      this.leave(peer, 'disconnected');
      throw error;
    }
  }

  /** Tells everyone who has joined. */
  tell<E extends EventName>(event: E, payload: EventPayload<E>): void {
    if (!this.#closed) this.#options.broadcast(this.#audience, event, payload);
  }

  /** What all see of this peer is other than before. */
  changed(peer: Peer): void {
    if (peer.joined && !peer.closed) this.#news.changed(peer);
  }

  /** Tells everyone what holds for the whole meeting now. */
  tellMeeting(): void {
    this.tell('meetingChanged', this.#meetingState());
  }

  #meetingState(): MeetingState {
    const { locked, newcomersKnock, startedAt, spotlight } = this.meeting;
    const state = { locked, newcomersKnock, startedAt };
    for (const { id, identity } of spotlight ? this.joinedPeers() : []) {
      if (identity.participantId === spotlight) return { ...state, spotlight: id };
    }
    return state;
  }

  /** The room as this peer is to draw it now. */
  viewFor(peer: Peer): RoomView {
    return {
      room: { code: this.info.code, name: this.info.name },
      meeting: this.#meetingState(),
      ...(may(peer.identity.role, 'admit') && {
        lobby: this.admission.lobby.view(),
        barred: this.meeting.barred,
      }),
      self: peer.view(),
      peers: [...this.joinedPeers()].filter((other) => other !== peer).map((other) => other.view()),
      speakers: [...this.speakers.speaking],
      maxTiles: this.#options.policy.maxTiles,
    };
  }

  /**
   * Who has to go for this identity to come in.
   *
   * @throws {AppError} ALREADY_JOINED when somebody who is there would have to, and that is not asked for.
   */
  #replacedBy({ participantId }: Identity, { previous, takeOver }: Entry): Peer[] {
    const replaced: Peer[] = [];
    for (const peer of this.#peers.values()) {
      const same = peer.identity.participantId === participantId;
      if (peer.resumeKey === previous || (same && (takeOver || !peer.channel.present))) replaced.push(peer);
      else if (same) throw new AppError('ALREADY_JOINED', 'You are in this meeting already, somewhere else');
    }
    return replaced;
  }

  /** Takes a peer out, with all it sends and receives. Idempotent. */
  leave(peer: Peer, reason: PeerLeftReason): void {
    if (!this.#peers.delete(peer.id)) return;
    this.#setTiles(peer, []);
    peer.close();
    this.homes.unsettle(peer);
    if (peer.joined) {
      this.meeting.leave(peer);
      this.#news.left(peer, reason);
      peer.log.info({ reason }, 'peer left');
    }
    if (this.#peers.size > 0) return;
    // Whoever it was may be back soon, also who went on purpose: a page that is reloaded leaves.
    this.meeting.pause();
    this.admission.lobby.forgetMessage();
    this.closeIfUnused();
  }

  /** Nobody is in, and nobody waits to be. */
  closeIfUnused(): void {
    if (this.#peers.size === 0 && this.admission.lobby.size === 0) this.close('empty');
  }

  /** Has those who are at home on this router open their transports elsewhere. They stay in the room. @returns how many */
  moveAway(home: RoomRouter, reason: TransportsLostReason, atMost = Infinity): number {
    const moving = [...this.#peers.values()].filter((peer) => peer.home === home);
    // Who is on the way already need not be told twice, but a death leaves nothing to wait for.
    const told = moving.filter((peer) => reason === 'workerDied' || !peer.transportsLost).slice(0, atMost);
    for (const peer of told) {
      this.homes.moveAway(peer, reason, () => {
        this.leave(peer, 'disconnected');
        peer.channel.end('transportsLost');
      });
    }
    return told.length;
  }

  /** Tells everyone why, hangs up, and frees the routers. Idempotent; peers first, so that nobody hears of the others. */
  close(reason: SessionEndReason | 'empty'): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#news.close();
    this.speakers.close();
    this.audit.close();
    if (reason === 'roomDeleted') this.meeting.discard();
    else if (reason === 'meetingEnded') this.meeting.end();
    else this.meeting.pause();
    if (reason !== 'empty') this.admission.lobby.close(reason);
    for (const peer of this.#peers.values()) {
      peer.close();
      this.homes.unsettle(peer);
      if (reason !== 'empty') peer.channel.end(reason);
    }
    this.#peers.clear();
    this.mesh.close();
    this.log.info({ reason }, 'room closed');
    this.#options.onClosed(this);
  }

  /** From now on the peer is offered what it shows and who is heard. */
  async startReceiving(
    peer: Peer,
    rtpCapabilities: types.RtpCapabilities,
    tiles: readonly Tile[],
  ): Promise<void> {
    peer.rtpCapabilities = rtpCapabilities;
    await this.show(peer, tiles);
  }

  /**
   * Everything that is on the peer's screen from now on. Resolves when what is new has been offered.
   *
   * @throws {AppError} LIMIT_REACHED when there are more tiles than an operator allows.
   */
  async show(peer: Peer, tiles: readonly Tile[]): Promise<void> {
    const { maxTiles } = this.#options.policy;
    if (tiles.length > maxTiles) {
      throw new AppError('LIMIT_REACHED', `At most ${maxTiles} tiles can be shown at a time`);
    }
    // Publishers hear of it first: an encoder takes longer to begin than a consumer.
    this.#setTiles(peer, tiles);
    await peer.receiving.reconcile(this);
  }

  /**
   * In a small room a newcomer will show everyone. Publishers whose camera nobody received so far begin now, while the
   * newcomer is still opening its transports.
   */
  #expectTiles(peer: Peer, maxTiles: number): void {
    if (this.#peers.size > maxTiles) return;
    const others = [...this.joinedPeers()].filter((other) => other.producerOf('camera'));
    this.#setTiles(
      peer,
      others.map(({ id }) => ({ peerId: id, source: 'camera', width: 1, height: 1 })),
    );
  }

  #setTiles(peer: Peer, tiles: readonly Tile[]): void {
    const before = peer.tiles;
    peer.tiles = new Map(tiles.map((tile) => [tileKey(tile), tile]));
    for (const tile of before.values()) this.#demand(peer, tile);
    for (const tile of peer.tiles.values()) this.#demand(peer, tile);
  }

  /** Tells the publisher's demand what this viewer wants of it now, which may be nothing. */
  #demand(viewer: Peer, { peerId, source }: Tile): void {
    const from = this.#peers.get(peerId);
    const producer = from?.producerOf(source);
    if (!from || !producer || from === viewer) return;
    this.demand.set(producer.id, viewer, layerWanted(viewer, from, producer));
  }

  /** Makes a new producer known: to everyone as news, to those who show or hear it as a consumer. */
  addProducer(peer: Peer, producer: MediaProducer): void {
    peer.producers.set(producer.id, producer);
    producer.observer.once('close', () => {
      peer.producers.delete(producer.id);
      // When its whole peer closes, that it left says it all.
      if (!peer.closed) this.#news.changed(peer);
    });
    for (const event of ['pause', 'resume'] as const) {
      producer.observer.on(event, () => this.#news.changed(peer));
    }
    this.#news.changed(peer);
    if (producer.kind === 'video') this.#offerVideo(peer, producer);
    else if (producer.appData.source === 'microphone') this.#listenTo(peer, producer);
    else this.#offerShareSound(peer, producer);
  }

  /** It is nobody's voice: it takes part in no ranking, and makes nobody a speaker. */
  #offerShareSound(peer: Peer, producer: MediaProducer): void {
    this.shareSounds.set(producer.id, { peer, producer });
    producer.observer.once('close', () => this.shareSounds.delete(producer.id));
    this.#reconcileAll();
  }

  #listenTo(peer: Peer, producer: MediaProducer): void {
    this.speakers.add(peer, producer);
    peer.home?.levels.add(producer).catch((error: unknown) => {
      if (!producer.closed) peer.log.error({ err: error }, 'speaker detection misses this microphone');
    });
  }

  #offerVideo(peer: Peer, producer: MediaProducer): void {
    const viewers: [Peer, number][] = [];
    for (const viewer of this.joinedPeers()) {
      const layer = viewer === peer ? undefined : layerWanted(viewer, peer, producer);
      if (layer === undefined) continue;
      viewers.push([viewer, layer]);
      void viewer.receiving.reconcile(this);
    }
    this.demand.add(peer, producer, viewers);
  }

  #tellSpeakers(peerIds: string[]): void {
    this.#options.broadcast(this.#audience, 'activeSpeakers', { peerIds });
    // Speakers keep their quality longer when bandwidth is short.
    this.#reconcileAll();
  }

  #reconcileAll(): void {
    for (const peer of this.joinedPeers()) void peer.receiving.reconcile(this);
  }
}
