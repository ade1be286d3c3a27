/** The conference as a page sees it: one state, a few verbs, and a way back in when the connection is lost. */
import {
  AppError,
  LIMITS,
  may,
  TrackSource,
  type Act,
  type EventName,
  type EventPayload,
  type Input,
  type JoinGrant,
  type Method,
  type Output,
  type ProducerId,
  type ResumeKey,
  type Role,
  type SessionEndReason,
  type Tile,
} from '@vcallpe/shared';
import { backoffMs, limitedMs } from './backoff.ts';
import { EndedAtDoor } from './door.ts';
import { Grants } from './grants.ts';
import { MediaSession, toAppError, type DeviceFactory, type SessionCallbacks } from './media-session.ts';
import type { Wanted } from './publication.ts';
import { Pause } from './pause.ts';
import { QualityLog } from './quality/log.ts';
import { StillPictures } from './quality/still.ts';
import * as roster from './roster.ts';
import type { TrackChange } from './roster.ts';
import { deliver, type EventHandlers } from './signaling.ts';
import { watchNetwork } from './network-change.ts';
import { INITIAL_STATE, type ConferenceState, type EndReason } from './state.ts';
import { Store } from './store.ts';

/** After trying for so long to get back in, the client stops and says so, ms. */
const GIVE_UP_AFTER_MS = 5 * 60_000;
/** What one try counts for at most, ms: a laptop that slept meanwhile has not tried for hours. */
const MOST_OF_ONE_TRY_MS = 30_000;
/** A session that ends sooner than this counts as failed, ms, so that a lasting fault can't make a tight loop. */
const STABLE_AFTER_MS = 10_000;
const MAX_SHORT_SESSIONS = 6;
export interface ConferenceOptions {
  /** A fresh grant, for each join and each rejoin. Rejects with AppError. */
  getGrant: () => Promise<JoinGrant>;
  /** Live tracks to send from the start. The caller owns them: the conference never stops a track. */
  microphone?: MediaStreamTrack;
  camera?: MediaStreamTrack;
  screen?: MediaStreamTrack;
  micMuted?: boolean;
  /** This person is in the meeting already, elsewhere, and wants to be here instead. */
  takeOver?: boolean;
  /** For clients without a browser. */
  createDevice?: DeviceFactory;
}

export class Conference {
  /** How well media flows. */
  readonly quality = new QualityLog();
  readonly #stillPictures = new StillPictures();
  readonly #getGrant: () => Promise<JoinGrant>;
  readonly #grants: Grants;
  readonly #createDevice: DeviceFactory | undefined;
  readonly #store = new Store<ConferenceState>(INITIAL_STATE);
  readonly #wanted: Record<TrackSource, Wanted>;
  #session: MediaSession | undefined;
  /** The one that is on its way: the room is known a moment before it is there. */
  #opening: Promise<MediaSession> | undefined;
  #meetingToken: string | undefined;
  /** The wait before the next attempt. */
  readonly #pause = new Pause();
  /** The last place, which the next one replaces. */
  #previous: ResumeKey | undefined;
  #takeOver: boolean;
  #unwatchNetwork: () => void = () => undefined;
  #over = false;
  readonly #leaving = new AbortController();
  #enteredAt = 0;
  #tiles: readonly Tile[] = [];
  /** What is being received, also from those whom the room has not told of yet. */
  readonly #tracks = new Map<ProducerId, MediaStreamTrack>();
  readonly #listeners = new Set<(name: EventName, payload: EventPayload<EventName>) => void>();
  readonly #consumeFailures = new Map<ProducerId, number>();
  /** Sessions in a row that did not last. */
  #shortSessions = 0;

  constructor(options: ConferenceOptions) {
    const { getGrant, createDevice, microphone, camera, screen, micMuted = false } = options;
    this.#takeOver = options.takeOver ?? false;
    this.#getGrant = getGrant;
    this.#grants = new Grants(getGrant);
    this.#createDevice = createDevice;
    this.#wanted = {
      microphone: { track: microphone, paused: micMuted },
      camera: { track: camera, paused: false },
      screen: { track: screen, paused: false },
      screenAudio: { track: undefined, paused: false },
    };
  }

  getState = (): ConferenceState => this.#store.get();

  subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  /** @throws {AppError} when the first join fails; the state is then `ended` and says why. */
  async join(): Promise<void> {
    if (this.getState().status !== 'idle') throw new AppError('WRONG_STATE', 'A conference joins once');
    this.#store.update((state) => ({ ...state, status: 'joining' }));
    this.#unwatchNetwork = watchNetwork(() => this.#onNetworkChange());
    try {
      await this.#enter();
    } catch (error) {
      const cause = toAppError(error);
      // The connection was lost at the door: this person waits on, with a new one.
      if (this.getState().status === 'waiting' && mayTryAgain(cause)) return this.#reconnect();
      if (!this.#over) this.#finish(endReason(cause), cause);
      throw cause;
    }
  }

  async leave(): Promise<void> {
    const session = this.#session;
    this.#leaving.abort();
    this.#finish('left');
    await session?.leave();
  }

  setMicrophone(track: MediaStreamTrack | undefined): Promise<void> {
    return this.#want('microphone', { ...this.#wanted.microphone, track });
  }

  setCamera(track: MediaStreamTrack | undefined): Promise<void> {
    return this.#want('camera', { ...this.#wanted.camera, track });
  }

  /** A share, with its sound where the browser gives it. */
  async setScreen(track: MediaStreamTrack | undefined, sound?: MediaStreamTrack): Promise<void> {
    await Promise.all([
      this.#want('screen', { ...this.#wanted.screen, track }),
      this.#want('screenAudio', { ...this.#wanted.screenAudio, track: sound }),
    ]);
  }

  setMicMuted(paused: boolean): Promise<void> {
    return this.#want('microphone', { ...this.#wanted.microphone, paused });
  }

  /** Says what is on the screen now, all of it: only that is received as video. */
  show(tiles: readonly Tile[]): void {
    this.#tiles = tiles;
    this.#session?.show(tiles);
  }

  /**
   * Asks the server for something that is not media, such as to raise a hand. While the connection is lost it waits.
   *
   * @throws {AppError} the server's refusal; UNAVAILABLE when this client is in no room
   */
  async request<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    const session = this.#session ?? (await this.#opening?.catch(() => undefined));
    if (!session) throw new AppError('UNAVAILABLE', 'You are not in the meeting just now');
    return session.request(method, input);
  }

  /** Hears what the server tells, for as long as this conference lives. @returns a way to stop */
  on<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void {
    const heard = (told: EventName, payload: EventPayload<EventName>) => {
      if (told === name) listener(payload as EventPayload<E>);
    };
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  /** While something is being recovered: tries at once. */
  retryNow(): void {
    this.#pause.end();
    this.#session?.retryNow();
  }

  /** Opens what the API holds of this meeting; undefined before the first grant. */
  get meetingToken(): string | undefined {
    return this.#meetingToken;
  }

  #onNetworkChange(): void {
    this.#pause.end();
    this.#session?.networkChanged();
  }

  async #want(source: TrackSource, wanted: Wanted): Promise<void> {
    this.#wanted[source] = wanted;
    this.#showOwn(source);
    // What can't be sent now is sent after coming back; a page never has to repair this.
    await this.#session?.want(source, this.#allowed(source));
  }

  /** What is wanted, as far as this person's role lets them send it. */
  #allowed(source: TrackSource): Wanted {
    const wanted = this.#wanted[source];
    const { self } = this.getState();
    return self && !may(self.role, source) ? { ...wanted, track: undefined } : wanted;
  }

  /** The role may have changed, and with it what may be sent. */
  #sendAllowed(roleBefore: Role | undefined): void {
    if (this.getState().self?.role === roleBefore) return;
    for (const source of TrackSource.options) void this.#want(source, this.#wanted[source]);
  }

  #showOwn(source: TrackSource): void {
    const { track, paused } = this.#allowed(source);
    this.#store.update(roster.setOwnTrack(source, track && { track, paused }));
  }

  /** One attempt to be in the room with everything that is wanted. */
  async #enter(): Promise<void> {
    const session = await this.#grants.use((grant) => this.#open(grant));
    if (this.#over) {
      await session.leave();
      throw new AppError('WRONG_STATE', 'You have left');
    }
    this.#session = session;
    this.#takeOver = false;
    if (this.#viewIsCurrent()) session.show(this.#tiles);
    this.#enteredAt = Date.now();
  }

  #open(grant: JoinGrant): Promise<MediaSession> {
    if (this.#over) throw new AppError('WRONG_STATE', 'You have left');
    const entry = { previous: this.#previous, takeOver: this.#takeOver };
    this.#meetingToken = grant.meetingToken;
    const opening = MediaSession.open(
      grant,
      entry,
      this.#callbacks(),
      this.#createDevice,
      this.#leaving.signal,
    );
    this.#opening = opening;
    return opening.finally(() => (this.#opening = undefined));
  }

  get #people(): number {
    return this.getState().others.length + 1;
  }

  /** Whether the view can be told as it is, or the page has yet to say what it shows of these people. */
  #viewIsCurrent(): boolean {
    const here = new Set(this.getState().others.map(({ peerId }) => peerId));
    const shown = this.#tiles;
    return shown.length > 0 ? shown.every(({ peerId }) => here.has(peerId)) : here.size === 0;
  }

  #callbacks(): SessionCallbacks {
    return {
      onWaiting: (waiting) => {
        if (this.#over) return;
        const status = waiting ? 'waiting' : 'joining';
        this.#store.update((state) => ({ ...state, status, waiting, failedAttempts: 0 }));
      },
      onJoined: (joined) => {
        // A place that was lost took the raised hand with it.
        const handWasUp = this.getState().self?.handRaisedAt !== undefined;
        this.#previous = joined.resumeKey;
        this.#tracks.clear();
        this.#store.update(roster.enterRoom(joined, Date.now()));
        for (const source of TrackSource.options) this.#showOwn(source);
        if (handWasUp) this.request('setHand', { raised: true }).catch(() => undefined);
      },
      onBack: (room) => {
        const before = this.getState().self?.role;
        this.#store.update(roster.refreshRoom(room, this.#tracks));
        this.#sendAllowed(before);
      },
      onRecovery: (recovery) => {
        if (recovery === 'media') {
          this.quality.restart();
          this.#stillPictures.clear();
        }
        this.#store.update((state) => ({ ...state, recovery }));
      },
      onSample: (sample) => {
        const { limited, still: before } = this.getState();
        const at = Date.now();
        this.quality.add(sample, { limited, shown: this.#tiles }, at);
        const still = this.#stillPictures.add(sample.received, this.#tiles, at);
        if (still.size === before.size && [...still].every((each) => before.has(each))) return;
        this.#store.update((state) => ({ ...state, still }));
      },
      // Others first; see docs/decisions/0004-others-first.md.
      onReady: () => {
        for (const source of TrackSource.options) void this.#want(source, this.#wanted[source]);
      },
      onEvent: (name, payload) => this.#onEvent(name, payload),
      onTracks: (changes) => this.#onTracks(changes),
      people: () => this.#people,
      expects: () => roster.isMediaDue(this.getState(), this.#tiles),
      consumeFailures: this.#consumeFailures,
      onEnd: (why) => this.#onSessionEnd(why),
      getGrant: this.#getGrant,
    };
  }

  #onEvent<E extends EventName>(name: E, payload: EventPayload<E>): void {
    deliver(this.#handlers, name, payload);
    for (const listener of this.#listeners) listener(name, payload);
  }

  readonly #handlers: Partial<EventHandlers> = {
    roomChanged: (change) => {
      const before = this.getState().self?.role;
      this.#store.update(roster.changeRoom(change, this.#tracks));
      this.#sendAllowed(before);
    },
    moderated: ({ act }) => this.#obey(act),
    videoLimited: ({ producerIds }) =>
      this.#store.update((state) => ({ ...state, limited: new Set(producerIds) })),
    meetingChanged: (meeting) => this.#store.update((state) => ({ ...state, meeting })),
    lobbyChanged: ({ waiting }) => this.#store.update((state) => ({ ...state, lobby: waiting })),
    barredChanged: ({ barred }) => this.#store.update((state) => ({ ...state, barred })),
    activeSpeakers: ({ peerIds }) => this.#store.update(roster.setSpeakers(peerIds)),
  };

  /** The server has done it already; here it is kept from coming back. The page tells it in words. */
  #obey(act: Act): void {
    if (act.act === 'muted') void this.setMicMuted(true);
    if (act.act === 'videoStopped') {
      void (act.source === 'camera' ? this.setCamera(undefined) : this.setScreen(undefined));
    }
  }

  #onTracks(changes: TrackChange[]): void {
    for (const { producerId, track } of changes) {
      if (track) this.#tracks.set(producerId, track);
      else this.#tracks.delete(producerId);
    }
    this.#store.update(roster.setTracks(changes));
  }

  #onSessionEnd(why: SessionEndReason | AppError): void {
    this.#session = undefined;
    this.quality.restart();
    if (this.#over) return;
    const forGood = why instanceof AppError ? undefined : FOR_GOOD[why];
    if (forGood) return this.#finish(forGood);
    const lasted = Date.now() - this.#enteredAt > STABLE_AFTER_MS;
    this.#shortSessions = lasted ? 0 : this.#shortSessions + 1;
    if (this.#shortSessions > MAX_SHORT_SESSIONS) {
      return this.#finish('unreachable', why instanceof AppError ? why : undefined);
    }
    void this.#reconnect();
  }

  /** Tries until it is back in, is refused for good, or has tried for too long. */
  async #reconnect(): Promise<void> {
    let triedMs = 0;
    let restMs = 0;
    for (let failed = 0; !this.#over; failed += 1) {
      const since = Date.now();
      const failedAttempts = failed;
      this.#store.update((state) => ({
        ...state,
        // Who has not been in yet is still at the door.
        status: state.status === 'waiting' || state.joinedAt === undefined ? 'waiting' : 'reconnecting',
        recovery: undefined,
        speakers: [],
        failedAttempts,
      }));
      await this.#pause.wait(restMs + backoffMs(failed + this.#shortSessions, this.#people));
      try {
        return await this.#enter();
      } catch (error) {
        const cause = toAppError(error);
        const taken = cause.code === 'ALREADY_JOINED';
        if (taken && triedMs > LIMITS.resumeWithinMs) return this.#finish('takenOver', cause);
        // It may be what is left of oneself, from a try whose answer was lost.
        if (!taken && !mayTryAgain(cause)) return this.#finish(endReason(cause), cause);
        const limited = limitedMs(cause);
        // To be left alone for a while is not to be away: that time does not count.
        const tookMs = Math.max(0, Date.now() - since - restMs);
        if (limited === undefined) triedMs += Math.min(tookMs, MOST_OF_ONE_TRY_MS);
        restMs = limited ?? 0;
        if (triedMs > GIVE_UP_AFTER_MS) this.#finish('unreachable', cause);
      }
    }
  }

  #finish(reason: EndReason, error?: AppError): void {
    if (this.#over) return;
    this.#over = true;
    this.#session = undefined;
    this.#pause.end();
    this.#unwatchNetwork();
    this.#store.update((state) => ({ ...state, status: 'ended', speakers: [], ended: { reason, error } }));
  }
}

/** The grant went stale on the way; the next attempt brings a fresh one. */
const STALE_GRANT: ReadonlySet<string> = new Set(['TOKEN_EXPIRED', 'TOKEN_REUSED', 'WRONG_STATE']);

/** Reasons of the server after which a client does not come back. */
const FOR_GOOD: Partial<Record<SessionEndReason, EndReason>> = {
  roomDeleted: 'roomGone',
  takenOver: 'takenOver',
  removed: 'removed',
  meetingEnded: 'meetingEnded',
};

function mayTryAgain(error: AppError): boolean {
  if (error instanceof EndedAtDoor && FOR_GOOD[error.reason]) return false;
  return error.retry || STALE_GRANT.has(error.code);
}

function endReason(error: AppError): EndReason {
  const { code, retry } = error;
  if (code === 'ROOM_NOT_FOUND') return 'roomGone';
  const forGood = error instanceof EndedAtDoor && FOR_GOOD[error.reason];
  if (forGood) return forGood;
  return retry ? 'unreachable' : 'refused';
}
