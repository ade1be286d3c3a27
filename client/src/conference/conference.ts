/** The conference as a page sees it: one state, a few verbs, and a way back in when the connection is lost. */
import {
  AppError,
  TrackSource,
  type EventName,
  type EventPayload,
  type JoinGrant,
  type ProducerId,
  type SessionEndReason,
  type Tile,
} from '@vcallpe/shared';
import { backoffMs } from './backoff.ts';
import { MediaSession, toAppError, type DeviceFactory, type SessionCallbacks } from './media-session.ts';
import type { Wanted } from './publication.ts';
import * as roster from './roster.ts';
import type { TrackChange } from './roster.ts';
import { deliver, type EventHandlers } from './signaling.ts';
import { INITIAL_STATE, type ConferenceState, type EndReason } from './state.ts';
import { Store } from './store.ts';

/** After this long without a way back in, the client stops trying and says so, ms. */
const GIVE_UP_AFTER_MS = 5 * 60_000;
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
  /** For clients without a browser. */
  createDevice?: DeviceFactory;
}

export class Conference {
  readonly #getGrant: () => Promise<JoinGrant>;
  readonly #createDevice: DeviceFactory | undefined;
  readonly #store = new Store<ConferenceState>(INITIAL_STATE);
  readonly #wanted: Record<TrackSource, Wanted>;
  #session: MediaSession | undefined;
  /** Ends the wait before the next attempt. */
  #wake: (() => void) | undefined;
  #over = false;
  #enteredAt = 0;
  #tiles: readonly Tile[] = [];
  /** What is being received, also from those whom the room has not told of yet. */
  readonly #tracks = new Map<ProducerId, MediaStreamTrack>();
  readonly #consumeFailures = new Map<ProducerId, number>();
  /** Sessions in a row that did not last. */
  #shortSessions = 0;

  constructor({ getGrant, createDevice, microphone, camera, screen, micMuted = false }: ConferenceOptions) {
    this.#getGrant = getGrant;
    this.#createDevice = createDevice;
    this.#wanted = {
      microphone: { track: microphone, paused: micMuted },
      camera: { track: camera, paused: false },
      screen: { track: screen, paused: false },
    };
  }

  getState = (): ConferenceState => this.#store.get();

  subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);

  /** @throws {AppError} when the first join fails; the state is then `ended` and says why. */
  async join(): Promise<void> {
    if (this.getState().status !== 'idle') throw new AppError('WRONG_STATE', 'A conference joins once');
    this.#store.update((state) => ({ ...state, status: 'joining' }));
    try {
      await this.#enter();
    } catch (error) {
      const cause = toAppError(error);
      if (!this.#over) this.#finish(endReason(cause), cause);
      throw cause;
    }
    globalThis.addEventListener?.('online', this.#onOnline);
  }

  async leave(): Promise<void> {
    const session = this.#session;
    this.#finish('left');
    await session?.leave();
  }

  setMicrophone(track: MediaStreamTrack | undefined): Promise<void> {
    return this.#want('microphone', { ...this.#wanted.microphone, track });
  }

  setCamera(track: MediaStreamTrack | undefined): Promise<void> {
    return this.#want('camera', { ...this.#wanted.camera, track });
  }

  setScreen(track: MediaStreamTrack | undefined): Promise<void> {
    return this.#want('screen', { ...this.#wanted.screen, track });
  }

  setMicMuted(paused: boolean): Promise<void> {
    return this.#want('microphone', { ...this.#wanted.microphone, paused });
  }

  /** Says what is on the screen now, all of it: only that is received as video. */
  show(tiles: readonly Tile[]): void {
    this.#tiles = tiles;
    this.#session?.show(tiles);
  }

  /** While reconnecting: tries at once. */
  retryNow(): void {
    this.#wake?.();
  }

  readonly #onOnline = () => this.retryNow();

  async #want(source: TrackSource, wanted: Wanted): Promise<void> {
    this.#wanted[source] = wanted;
    this.#showOwn(source);
    const session = this.#session;
    try {
      await session?.publications[source].want(wanted);
    } catch (error) {
      // What could not be sent now is sent after coming back; a page never has to repair this.
      session?.end(toAppError(error));
    }
  }

  #showOwn(source: TrackSource): void {
    const { track, paused } = this.#wanted[source];
    this.#store.update(roster.setOwnTrack(source, track && { track, paused }));
  }

  /** One attempt to be in the room with everything that is wanted. */
  async #enter(): Promise<void> {
    const grant = await this.#getGrant();
    if (this.#over) throw new AppError('WRONG_STATE', 'You have left');
    const session = await MediaSession.open(grant, this.#callbacks(), this.#createDevice);
    if (this.#over) {
      await session.leave();
      throw new AppError('WRONG_STATE', 'You have left');
    }
    this.#session = session;
    if (this.#viewIsCurrent()) session.show(this.#tiles);
    this.#enteredAt = Date.now();
    // Others first: starting to send, three encoders above all, takes the CPU that their first pictures need.
    // See docs/decisions/0004-others-first.md.
    void session.received.then(() => {
      for (const source of TrackSource.options) void this.#want(source, this.#wanted[source]);
    });
  }

  /** Whether the view can be told as it is, or the page has yet to say what it shows of these people. */
  #viewIsCurrent(): boolean {
    const here = new Set(this.getState().others.map(({ peerId }) => peerId));
    const shown = this.#tiles;
    return shown.length > 0 ? shown.every(({ peerId }) => here.has(peerId)) : here.size === 0;
  }

  #callbacks(): SessionCallbacks {
    return {
      onJoined: (joined) => {
        this.#tracks.clear();
        this.#store.update(roster.enterRoom(joined, Date.now()));
        for (const source of TrackSource.options) this.#showOwn(source);
      },
      onEvent: (name, payload) => this.#onEvent(name, payload),
      onTracks: (changes) => this.#onTracks(changes),
      consumeFailures: this.#consumeFailures,
      onEnd: (why) => this.#onSessionEnd(why),
    };
  }

  #onEvent<E extends EventName>(name: E, payload: EventPayload<E>): void {
    deliver(this.#handlers, name, payload);
  }

  readonly #handlers: Partial<EventHandlers> = {
    roomChanged: (change) => this.#store.update(roster.changeRoom(change, this.#tracks)),
    activeSpeakers: ({ peerIds }) => this.#store.update(roster.setSpeakers(peerIds)),
  };

  #onTracks(changes: TrackChange[]): void {
    for (const { producerId, track } of changes) {
      if (track) this.#tracks.set(producerId, track);
      else this.#tracks.delete(producerId);
    }
    this.#store.update(roster.setTracks(changes));
  }

  #onSessionEnd(why: SessionEndReason | AppError): void {
    this.#session = undefined;
    if (this.#over) return;
    if (why === 'roomDeleted') return this.#finish('roomGone');
    const lasted = Date.now() - this.#enteredAt > STABLE_AFTER_MS;
    this.#shortSessions = lasted ? 0 : this.#shortSessions + 1;
    if (this.#shortSessions > MAX_SHORT_SESSIONS) {
      return this.#finish('unreachable', why instanceof AppError ? why : undefined);
    }
    void this.#reconnect();
  }

  /** Tries until it is back in, is refused for good, or has tried for too long. */
  async #reconnect(): Promise<void> {
    const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
    for (let failed = 0; !this.#over; failed += 1) {
      const failedAttempts = failed;
      this.#store.update((state) => ({ ...state, status: 'reconnecting', speakers: [], failedAttempts }));
      await this.#pause(backoffMs(failed + this.#shortSessions));
      try {
        return await this.#enter();
      } catch (error) {
        const cause = toAppError(error);
        const lasting = !cause.retry && !STALE_GRANT.has(cause.code);
        if (lasting) this.#finish(endReason(cause), cause);
        else if (Date.now() > giveUpAt) this.#finish('unreachable', cause);
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #finish(reason: EndReason, error?: AppError): void {
    if (this.#over) return;
    this.#over = true;
    this.#session = undefined;
    this.#wake?.();
    globalThis.removeEventListener?.('online', this.#onOnline);
    this.#store.update((state) => ({ ...state, status: 'ended', speakers: [], ended: { reason, error } }));
  }
}

/** The grant went stale on the way; the next attempt brings a fresh one. */
const STALE_GRANT: ReadonlySet<string> = new Set(['TOKEN_EXPIRED', 'TOKEN_REUSED', 'WRONG_STATE']);

function endReason({ code, retry }: AppError): EndReason {
  if (code === 'ROOM_NOT_FOUND') return 'roomGone';
  return retry ? 'unreachable' : 'refused';
}
