/** The typed socket: requests that are answered or fail, events as they come, and a way back when the connection is lost. */
import { io, type Socket } from 'socket.io-client';
import {
  AppError,
  EVENT_CHANNEL,
  LIMITS,
  PROBE_CHANNEL,
  PROTOCOL_VERSION,
  REQUEST_CHANNEL,
  type Ack,
  type ErrorBody,
  type EventName,
  type EventPayload,
  type Input,
  type Method,
  type Output,
  type ResumeKey,
} from '@vcallpe/shared';
import { backoffMs } from './backoff.ts';
import { Pause } from './pause.ts';
import { RoundTrip } from './round-trip.ts';

export type EventHandlers = { [E in EventName]: (payload: EventPayload<E>) => void };

export interface WayBack {
  resumeKey: ResumeKey;
  /** How many may have lost their connection together. */
  people: () => number;
  /** Whether the room is on another server now. */
  hasMoved: () => Promise<boolean>;
  /** The connection is lost; media may well go on. */
  onAway: () => void;
  /** It is there again, and this is the room now. */
  onBack: (room: Output<'resume'>) => void;
}

/** How long a way back is tried, ms. The server may notice the loss later than we do. */
const TRY_FOR_MS = LIMITS.resumeWithinMs + 5_000;
/** The wait between two tries grows up to here; see `backoffMs`. */
const MAX_FAILED = 2;
/** After so many failed tries it is asked whether there is anything to come back to. */
const ASK_AFTER_TRIES = 3;
/** One try to come back, ms: a server that is there answers sooner, and one that just restarts is asked again. */
const OPEN_WITHIN_MS = 3_000;
/**
 * A connection that gives no answer for so long while media stopped too is taken for lost, ms; on a slow line after
 * longer. To be wrong costs a new socket; to wait costs silence.
 */
const SUSPECT_MS = 500;
/** How often the connection is tried, ms, and how long it has to answer then: a busy machine may take a while. */
const HEARTBEAT_MS = 4_000;
const HEARTBEAT_WITHIN_MS = 3_000;

export class Signaling {
  /** To the server, over this connection. */
  readonly roundTrip = new RoundTrip();
  readonly #sfuUrl: string;
  readonly #listeners = new Set<<E extends EventName>(name: E, payload: EventPayload<E>) => void>();
  #socket: Socket;
  #wayBack: WayBack | undefined;
  #onDisconnect: ((why: AppError) => void) | undefined;
  /** Settled while there is a connection, or none any more. */
  #online = Promise.withResolvers<void>();
  #comingBack = false;
  /** While the connection has to prove itself: when it is given up, ms. */
  #giveUpAt = Infinity;
  #giveUp: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  readonly #pause = new Pause();
  #closed = false;

  private constructor(sfuUrl: string, socket: Socket) {
    this.#sfuUrl = sfuUrl;
    this.#socket = socket;
    this.#use(socket);
    this.#online.resolve();
  }

  /** @throws {AppError} what the server refused with, or UNAVAILABLE when it can't be reached. */
  static async connect(sfuUrl: string, token: string): Promise<Signaling> {
    return new Signaling(sfuUrl, await openSocket(sfuUrl, { token }, LIMITS.signalingTimeoutMs));
  }

  get away(): boolean {
    return this.#comingBack || !this.#socket.connected;
  }

  /** From now on a lost connection is found again, and requests wait for it. */
  comeBackWith(wayBack: WayBack): void {
    this.#wayBack = wayBack;
    this.#heartbeat = setInterval(() => this.suspect(HEARTBEAT_WITHIN_MS), HEARTBEAT_MS);
  }

  /**
   * A request whose connection is lost is made again on the next one: the server answers each as if it came once.
   *
   * @throws {AppError} the server's refusal, or TIMEOUT when no answer came or the connection was lost for good.
   */
  async request<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    for (;;) {
      await this.#online.promise;
      const socket = this.#socket;
      try {
        return await ask(socket, method, input);
      } catch (error) {
        const lost = socket !== this.#socket || this.away;
        if (!lost || !this.#wayBack || this.#closed) throw error;
      }
    }
  }

  /**
   * As `request`, but over the connection that is there now or not at all: for what would not be true later.
   *
   * @throws {AppError} as `request`; UNAVAILABLE when there is no connection
   */
  async requestNow<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    if (this.away) throw lost();
    return ask(this.#socket, method, input);
  }

  /** Events of a newer server that this client does not know are ignored. @returns a way to stop hearing them */
  onEvent(listener: <E extends EventName>(name: E, payload: EventPayload<E>) => void): () => void {
    this.#listeners.add(listener);
    this.#socket.on(EVENT_CHANNEL, listener);
    return () => {
      this.#listeners.delete(listener);
      this.#socket.off(EVENT_CHANNEL, listener);
    };
  }

  /**
   * Media has stopped, or the network changed: a connection that is dead, which TCP would not tell for long, is given up
   * now and found again.
   *
   * @param withinMs how long it has to answer
   */
  suspect(withinMs = this.roundTrip.patience(SUSPECT_MS)): void {
    const askedAt = performance.now();
    const giveUpAt = askedAt + withinMs;
    if (this.away || !this.#wayBack || giveUpAt >= this.#giveUpAt) return;
    const socket = this.#socket;
    clearTimeout(this.#giveUp);
    this.#giveUpAt = giveUpAt;
    this.#giveUp = setTimeout(() => {
      this.#disconnected(socket);
      // It is our own network, so there is no crowd to spread out: the first try is made at once.
      this.#pause.end();
    }, withinMs);
    ask(socket, 'ping', {}).then(
      () => {
        if (socket !== this.#socket) return;
        this.roundTrip.add(performance.now() - askedAt);
        this.#trusted();
      },
      () => undefined,
    );
  }

  /** It has answered, or is given up already. */
  #trusted(): void {
    clearTimeout(this.#giveUp);
    this.#giveUpAt = Infinity;
  }

  /** The connection is lost for good. */
  onDisconnect(listener: (why: AppError) => void): void {
    this.#onDisconnect = listener;
  }

  /** Tries to come back now, instead of after the wait. */
  retryNow(): void {
    this.#pause.end();
  }

  close(): void {
    this.#pause.end();
    this.#end(lost());
  }

  /** Takes a connected socket into use. */
  #use(socket: Socket): void {
    this.#socket = socket;
    for (const listener of this.#listeners) socket.on(EVENT_CHANNEL, listener);
    socket.on(PROBE_CHANNEL, (answer: () => void) => answer());
    socket.once('disconnect', (reason) => this.#disconnected(socket, reason));
  }

  #offline(error?: AppError): void {
    // Who waits looks again, and waits for the next.
    this.#online.resolve();
    this.#online = Promise.withResolvers();
    // Nobody may be waiting.
    this.#online.promise.catch(() => undefined);
    if (error) this.#online.reject(error);
  }

  #disconnected(socket: Socket, reason?: string): void {
    if (socket !== this.#socket || this.#comingBack || this.#closed) return;
    // The server has hung up on purpose, and said why; or nobody has asked for a way back.
    if (!this.#wayBack || reason === 'io server disconnect') return this.#lose(lost());
    this.#trusted();
    this.#comingBack = true;
    this.#offline();
    this.#wayBack.onAway();
    void this.#comeBack(this.#wayBack);
  }

  async #comeBack({ resumeKey, people, hasMoved, onBack }: WayBack): Promise<void> {
    const giveUpAt = performance.now() + TRY_FOR_MS;
    for (let failed = 0; !this.#closed; failed += 1) {
      // Spread out once, they stay so; and later ones have little time left.
      await this.#pause.wait(failed === 0 ? backoffMs(0, people()) : backoffMs(Math.min(failed, MAX_FAILED)));
      if (this.#closed) return;
      try {
        const withinMs = OPEN_WITHIN_MS + this.roundTrip.patience(0);
        const socket = await openSocket(this.#sfuUrl, { resumeKey }, withinMs);
        if (this.#closed) return abandon(socket);
        const before = this.#socket;
        this.#use(socket);
        abandon(before);
        const askedAt = performance.now();
        const room = await ask(socket, 'resume', {}, withinMs);
        if (this.#closed) return;
        // It may be another network.
        this.roundTrip.forget();
        this.roundTrip.add(performance.now() - askedAt);
        this.#comingBack = false;
        onBack(room);
        return this.#online.resolve();
      } catch (error) {
        if (this.#closed) return;
        const refused = error instanceof AppError && !error.retry;
        if (refused || performance.now() > giveUpAt) return this.#lose(lost(error));
        // Meanwhile it is tried on: to come back to one's place is better than to join anew.
        if (failed + 1 === ASK_AFTER_TRIES) {
          const loseIf = (moved: boolean) =>
            moved && this.#comingBack && !this.#closed && this.#lose(lost(error));
          hasMoved().then(loseIf, () => undefined);
        }
      }
    }
  }

  #lose(why: AppError): void {
    this.#end(why);
    this.#onDisconnect?.(why);
  }

  #end(why: AppError): void {
    this.#closed = true;
    clearInterval(this.#heartbeat);
    this.#trusted();
    abandon(this.#socket);
    this.#offline(why);
  }
}

/** @throws {AppError} what the server refused with, or UNAVAILABLE when it can't be reached. */
function openSocket(
  sfuUrl: string,
  credentials: { token: string } | { resumeKey: ResumeKey },
  withinMs: number,
): Promise<Socket> {
  const socket = io(sfuUrl, {
    auth: { ...credentials, protocolVersion: PROTOCOL_VERSION },
    transports: ['websocket'],
    // Coming back takes more than a connection, and always a new socket: the old one may be half dead.
    reconnection: false,
    forceNew: true,
  });
  return new Promise((resolve, reject) => {
    const fail = (error?: Error & { data?: ErrorBody }) => {
      clearTimeout(timer);
      abandon(socket);
      const unreachable = new AppError('UNAVAILABLE', 'The media server can’t be reached', { cause: error });
      reject(error?.data ? AppError.fromBody(error.data) : unreachable);
    };
    // Socket.IO's own timeout ends with the handshake of the transport, before the server has let anybody in.
    const timer = setTimeout(fail, withinMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('connect_error', fail);
  });
}

/** Of no use any more, whether or not the server knows. */
function abandon(socket: Socket): void {
  socket.removeAllListeners();
  socket.disconnect();
}

async function ask<M extends Method>(
  socket: Socket,
  method: M,
  input: Input<M>,
  withinMs: number = LIMITS.signalingTimeoutMs,
): Promise<Output<M>> {
  let ack: Ack<Output<M>>;
  try {
    ack = await socket.timeout(withinMs).emitWithAck(REQUEST_CHANNEL, method, input);
  } catch (error) {
    throw new AppError('TIMEOUT', `The server did not answer (${method})`, { cause: error });
  }
  if (!ack.ok) throw AppError.fromBody(ack.error);
  return ack.data;
}

function lost(cause?: unknown): AppError {
  return new AppError('UNAVAILABLE', 'The connection to the media server was lost', { cause });
}

export function deliver<E extends EventName>(
  handlers: Partial<EventHandlers>,
  name: E,
  payload: EventPayload<E>,
): void {
  handlers[name]?.(payload);
}
