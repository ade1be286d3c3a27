/**
 * One stay in a room: one place, one device, and a link of two transports that may be lost and opened anew. It opens
 * once, ends once, and never comes back.
 */
import type { types } from 'mediasoup-client';
import {
  AppError,
  type EventName,
  type EventPayload,
  type Input,
  type JoinGrant,
  type JoinedRoom,
  type Method,
  type Output,
  type PeerId,
  type ProducerId,
  type RoomView,
  type SessionEndReason,
  type Tile,
  type TrackSource,
  type Transports,
} from '@vcallpe/shared';
import { backoffMs, crowdMs } from './backoff.ts';
import { createDevice } from './device.ts';
import { EndedAtDoor, enter, type Waiting } from './door.ts';
import { IceServers } from './ice-servers.ts';
import { MediaLink } from './media-link.ts';
import { Pause } from './pause.ts';
import type { LinkSample } from './quality/sample.ts';
import type { Wanted } from './publication.ts';
import type { TrackChange } from './roster.ts';
import { deliver, Signaling, type EventHandlers } from './signaling.ts';
import type { Recovery } from './state.ts';
import { View } from './view.ts';

/** Links that broke one after the other, within this time each, ms, are a fault that another one does not cure. */
const LINK_LASTS_MS = 20_000;
const MAX_SHORT_LINKS = 4;
/** For so long new transports are asked for, ms; a worker is replaced within half a second. */
const REOPEN_WITHIN_MS = 15_000;

export interface SessionCallbacks {
  /** Somebody has to open the door; undefined: it is open. Comes before `onJoined`, if at all. */
  onWaiting: (waiting: Waiting | undefined) => void;
  /** The room is known and can be drawn. Comes before the other callbacks. */
  onJoined: (joined: JoinedRoom) => void;
  /** The room as it is now, after a time without news. Received tracks go on. */
  onBack: (room: RoomView) => void;
  /** Events about the people in the room. */
  onEvent: <E extends EventName>(name: E, payload: EventPayload<E>) => void;
  /** Received tracks arrived, or went away. */
  onTracks: (changes: TrackChange[]) => void;
  /** Whether anybody sends what this client receives. */
  expects: () => boolean;
  /** How many are in the room, who may all have lost the same thing. */
  people: () => number;
  /** What is being recovered now; undefined when all is well. */
  onRecovery: (recovery: Recovery | undefined) => void;
  /** How well media flows, about once a second while there is a link. */
  onSample: (sample: LinkSample) => void;
  /** There is a link to send over: say again what is wanted. */
  onReady: () => void;
  /** The session is over, once. A reason from the server, or the error that broke it. */
  onEnd: (why: SessionEndReason | AppError) => void;
  /** Another grant for the same person, for what expires. */
  getGrant: () => Promise<JoinGrant>;
  /** How often each producer could not be taken, in this session and those before. */
  consumeFailures: Map<ProducerId, number>;
}

export type DeviceFactory = () => Promise<types.Device>;

export class MediaSession {
  readonly #signaling: Signaling;
  readonly #callbacks: SessionCallbacks;
  readonly #device: types.Device;
  readonly #iceServers: IceServers;
  readonly #view: View;
  readonly #peerId: PeerId;
  #link: MediaLink;
  #linkedAt = performance.now();
  #shortLinks = 0;
  #reopening = false;
  readonly #pause = new Pause();
  #ended = false;
  /** Until then a failure is thrown by `open` and not reported. */
  #opened = false;
  #endedBy: AppError | undefined;

  /**
   * Connects, joins, and starts to receive. Resolves when the room is known; the tracks arrive by `onTracks`.
   *
   * @param entry which place of one's own is replaced
   * @param signal ends the waiting to be let in
   * @throws {AppError} when the server can't be reached or refuses.
   */
  static async open(
    grant: JoinGrant,
    entry: Input<'join'>,
    callbacks: SessionCallbacks,
    makeDevice: DeviceFactory = createDevice,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<MediaSession> {
    const [signaling, device] = await Promise.all([
      Signaling.connect(grant.sfuUrl, grant.roomToken),
      makeDevice(),
    ]);
    // From now on, because somebody may have to wait at the door for long.
    const iceServers = new IceServers(grant, callbacks.getGrant);
    let session: MediaSession | undefined;
    try {
      // Events can overtake the answer to `join`; they wait until there is a room to apply them to.
      const early: ((opened: MediaSession) => void)[] = [];
      signaling.onEvent((name, payload) => {
        if (session) session.#onEvent(name, payload);
        else early.push((opened) => opened.#onEvent(name, payload));
      });
      const joined = await enter(signaling, entry, callbacks.onWaiting, signal);
      await device.load({ routerRtpCapabilities: joined.routerRtpCapabilities as types.RtpCapabilities });
      const hasMoved = async () => (await callbacks.getGrant()).sfuUrl !== grant.sfuUrl;
      session = new MediaSession(signaling, device, joined, iceServers, callbacks, hasMoved);
      callbacks.onJoined(joined);
      for (const replay of early) replay(session);
      if (session.#ended) throw new AppError('UNAVAILABLE', 'The meeting ended while it was being joined');
      session.#opened = true;
      session.#start();
      return session;
    } catch (error) {
      signaling.close();
      iceServers.close();
      if (!session) throw error;
      session.#close();
      throw session.#endedBy ?? error;
    }
  }

  private constructor(
    signaling: Signaling,
    device: types.Device,
    joined: JoinedRoom,
    iceServers: IceServers,
    callbacks: SessionCallbacks,
    hasMoved: () => Promise<boolean>,
  ) {
    this.#signaling = signaling;
    this.#device = device;
    this.#callbacks = callbacks;
    this.#iceServers = iceServers;
    this.#peerId = joined.self.peerId;
    this.#view = new View(
      (tiles) => signaling.request('show', { tiles: [...tiles] }),
      (error) => this.#broken(error),
    );
    this.#link = this.#makeLink(joined);
    signaling.onDisconnect((why) => this.end(why));
    signaling.comeBackWith({
      resumeKey: joined.resumeKey,
      people: callbacks.people,
      hasMoved,
      onAway: () => callbacks.onRecovery('signaling'),
      onBack: (room) => this.#onBack(room),
    });
  }

  /** Says what is on the screen now. The first call makes the view that receiving begins with. */
  show(tiles: readonly Tile[]): void {
    this.#view.show(tiles);
  }

  /** Brings what is sent in line. What can't be sent now is sent by the next link. */
  async want(source: TrackSource, wanted: Wanted): Promise<void> {
    const link = this.#link;
    try {
      await link.publications[source].want(wanted);
    } catch (error) {
      // The role has changed a moment ago, which will be told; it is no fault of the link.
      if (error instanceof AppError && error.code === 'FORBIDDEN') return;
      if (link === this.#link) this.#broken(error);
    }
  }

  request<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    return this.#signaling.request(method, input);
  }

  /** While something is being recovered: tries at once. */
  retryNow(): void {
    this.#signaling.retryNow();
    this.#pause.end();
  }

  /** The network has changed: both paths are looked for anew, and the server too. */
  networkChanged(): void {
    this.retryNow();
    this.#signaling.suspect();
    for (const direction of ['send', 'recv'] as const) this.#link.restartIce(direction);
  }

  /** Says goodbye, so that others see it at once, and closes. Always resolves. */
  async leave(): Promise<void> {
    if (this.#ended) return;
    const goodbye = this.#signaling.away
      ? undefined
      : this.#signaling.request('leave', {}).catch(() => undefined);
    this.#close();
    await goodbye;
    this.#signaling.close();
  }

  /** Closes everything and reports why. Idempotent. */
  end(why: SessionEndReason | AppError): void {
    if (this.#ended) return;
    this.#close();
    this.#signaling.close();
    if (this.#opened) this.#callbacks.onEnd(why);
    else this.#endedBy = why instanceof AppError ? why : new EndedAtDoor(why);
  }

  #close(): void {
    this.#ended = true;
    this.#pause.end();
    this.#iceServers.close();
    this.#link.close();
  }

  #makeLink(transports: Transports): MediaLink {
    const link: MediaLink = new MediaLink({
      device: this.#device,
      signaling: this.#signaling,
      transports,
      iceServers: this.#iceServers,
      consumeFailures: this.#callbacks.consumeFailures,
      onTracks: (changes) => this.#callbacks.onTracks(changes),
      onSample: (sample) => this.#callbacks.onSample(sample),
      expects: this.#callbacks.expects,
      onBroken: (error) => {
        if (link === this.#link) this.#broken(error);
      },
    });
    return link;
  }

  /** Receives first, then sends: starting encoders takes the CPU that the others' first pictures need. */
  #start(): void {
    const link = this.#link;
    void link.receive(this.#view).then(() => {
      if (link === this.#link && !this.#ended) this.#callbacks.onReady();
    });
  }

  /** The link can't go on. The place in the room stays. */
  #broken(error: unknown): void {
    if (this.#ended || this.#reopening) return;
    const lasted = performance.now() - this.#linkedAt > LINK_LASTS_MS;
    this.#shortLinks = lasted ? 0 : this.#shortLinks + 1;
    if (this.#shortLinks > MAX_SHORT_LINKS) return this.end(toAppError(error));
    void this.#reopen();
  }

  /** @param afterMs spreads out those who lost theirs at the same time */
  async #reopen(afterMs = 0): Promise<void> {
    if (this.#ended || this.#reopening) return;
    this.#reopening = true;
    this.#callbacks.onRecovery('media');
    this.#link.close();
    await this.#pause.wait(afterMs);
    const giveUpAt = performance.now() + REOPEN_WITHIN_MS;
    for (let failed = 0; !this.#ended; failed += 1) {
      try {
        const [transports] = await Promise.all([
          this.#signaling.request('openTransports', {}),
          this.#iceServers.fresh(),
        ]);
        if (this.#ended) return;
        this.#link = this.#makeLink(transports);
        this.#linkedAt = performance.now();
        this.#reopening = false;
        this.#callbacks.onRecovery(this.#signaling.away ? 'signaling' : undefined);
        // The encoders run already: nothing is won by waiting with them.
        void this.#link.receive(this.#view);
        return this.#callbacks.onReady();
      } catch (error) {
        const cause = toAppError(error);
        if (!cause.retry || performance.now() > giveUpAt) return this.end(cause);
        await this.#pause.wait(backoffMs(failed));
      }
    }
  }

  #onBack({ consumers, layersWanted, transportsLost, videoLimited, ...room }: Output<'resume'>): void {
    if (this.#ended) return;
    this.#callbacks.onBack(room);
    this.#callbacks.onEvent('videoLimited', { producerIds: videoLimited });
    this.#callbacks.onRecovery(this.#reopening ? 'media' : undefined);
    // A path that went silent together with the socket was lost with the network they used.
    if (transportsLost || this.#link.silent) void this.#reopen();
    else {
      this.#link.tellSent(room.self.producers);
      this.#link.sync(consumers, layersWanted);
    }
  }

  #onEvent<E extends EventName>(name: E, payload: EventPayload<E>): void {
    if (this.#ended) return;
    deliver(this.#handlers, name, payload);
    this.#callbacks.onEvent(name, payload);
  }

  readonly #handlers: Partial<EventHandlers> = {
    roomChanged: ({ peers }) => {
      const self = peers.find(({ peerId }) => peerId === this.#peerId);
      if (self) this.#link.tellSent(self.producers);
    },
    consumersOffered: (offered) => this.#link.offer(offered),
    consumersClosed: (closed) => this.#link.drop(closed),
    layersWanted: (wanted) => this.#link.setLayersWanted(wanted),
    transportsLost: () => void this.#reopen(crowdMs(this.#callbacks.people())),
    repair: ({ direction, step }) => {
      if (step === 'restartIce') this.#link.restartIce(direction);
      else this.#broken(new AppError('UNAVAILABLE', 'Media does not get through'));
    },
    producerSilent: ({ producerId }) => this.#link.doubtSent(producerId),
    sessionEnded: ({ reason }) => this.end(reason),
  };
}

export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('INTERNAL', error instanceof Error ? error.message : String(error), { cause: error });
}
