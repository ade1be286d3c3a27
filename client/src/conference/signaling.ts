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

export type EventHandlers = { [E in EventName]: (payload: EventPayload<E>) => void };

export interface WayBack {
  resumeKey: ResumeKey;
  /** The connection is lost; media may well go on. */
  onAway: () => void;
  /** It is there again, and this is the room now. */
  onBack: (room: Output<'resume'>) => void;
}

/** How long a way back is tried, ms. The server may notice the loss later than we do. */
const TRY_FOR_MS = LIMITS.resumeWithinMs + 5_000;
/** The wait between two tries grows up to here; see `backoffMs`. */
const MAX_FAILED = 2;

export class Signaling {
  readonly #socket: Socket;
  #wayBack: WayBack | undefined;
  #onDisconnect: ((why: AppError) => void) | undefined;
  /** Settled while there is a connection, or none any more. */
  #online = Promise.withResolvers<void>();
  /** Counts connections, so that a request knows that its own was lost. */
  #connections = 0;
  #comingBack = false;
  readonly #pause = new Pause();
  #closed = false;

  private constructor(sfuUrl: string, token: string) {
    this.#socket = io(sfuUrl, {
      auth: (set) => set({ ...this.#credentials(token), protocolVersion: PROTOCOL_VERSION }),
      transports: ['websocket'],
      // Coming back takes more than a connection; see #comeBack.
      reconnection: false,
      autoConnect: false,
      forceNew: true,
      timeout: LIMITS.signalingTimeoutMs,
    });
    this.#socket.on(PROBE_CHANNEL, (answer: () => void) => answer());
    this.#socket.on('disconnect', (reason) => this.#disconnected(reason));
  }

  /** @throws {AppError} what the server refused with, or UNAVAILABLE when it can't be reached. */
  static async connect(sfuUrl: string, token: string): Promise<Signaling> {
    const signaling = new Signaling(sfuUrl, token);
    await signaling.#open();
    signaling.#isOnline();
    return signaling;
  }

  get away(): boolean {
    return !this.#socket.connected;
  }

  /** From now on a lost connection is found again, and requests wait for it. */
  comeBackWith(wayBack: WayBack): void {
    this.#wayBack = wayBack;
  }

  /**
   * A request whose connection is lost is made again on the next one: the server answers each as if it came once.
   *
   * @throws {AppError} the server's refusal, or TIMEOUT when no answer came or the connection was lost for good.
   */
  async request<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    for (;;) {
      await this.#online.promise;
      const connection = this.#connections;
      try {
        return await this.#ask(method, input);
      } catch (error) {
        const lost = connection !== this.#connections || this.away;
        if (!lost || !this.#wayBack || this.#closed) throw error;
      }
    }
  }

  /** Events of a newer server that this client does not know are ignored. */
  onEvent(listener: <E extends EventName>(name: E, payload: EventPayload<E>) => void): void {
    this.#socket.on(EVENT_CHANNEL, listener);
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
    this.#closed = true;
    this.#pause.end();
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
    this.#offline(lost());
  }

  #credentials(token: string): object {
    return this.#wayBack ? { resumeKey: this.#wayBack.resumeKey } : { token };
  }

  #isOnline(): void {
    this.#connections += 1;
    this.#online.resolve();
  }

  #offline(error?: AppError): void {
    this.#online.resolve();
    this.#online = Promise.withResolvers();
    // Nobody may be waiting.
    this.#online.promise.catch(() => undefined);
    if (error) this.#online.reject(error);
  }

  #open(): Promise<void> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      const settle = (error?: Error & { data?: ErrorBody }) => {
        socket.off('connect', settle).off('connect_error', settle);
        if (!error) return resolve();
        socket.disconnect();
        const unreachable = new AppError('UNAVAILABLE', 'The media server can’t be reached', {
          cause: error,
        });
        reject(error.data ? AppError.fromBody(error.data) : unreachable);
      };
      socket.once('connect', settle).once('connect_error', settle);
      socket.connect();
    });
  }

  async #ask<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    let ack: Ack<Output<M>>;
    try {
      ack = await this.#socket.timeout(LIMITS.signalingTimeoutMs).emitWithAck(REQUEST_CHANNEL, method, input);
    } catch (error) {
      throw new AppError('TIMEOUT', `The server did not answer (${method})`, { cause: error });
    }
    if (!ack.ok) throw AppError.fromBody(ack.error);
    return ack.data;
  }

  #disconnected(reason: string): void {
    // A connection that is lost again while it is being found: the attempt fails by itself.
    if (this.#comingBack) return;
    // The server has hung up on purpose, and said why; or nobody has asked for a way back.
    if (!this.#wayBack || reason === 'io server disconnect') return this.#lose(lost());
    this.#offline();
    this.#wayBack.onAway();
    this.#comingBack = true;
    void this.#comeBack(this.#wayBack);
  }

  async #comeBack({ onBack }: WayBack): Promise<void> {
    const giveUpAt = performance.now() + TRY_FOR_MS;
    for (let failed = 0; !this.#closed; failed += 1) {
      await this.#pause.wait(backoffMs(Math.min(failed, MAX_FAILED)));
      if (this.#closed) return;
      try {
        await this.#open();
        const room = await this.#ask('resume', {});
        this.#comingBack = false;
        onBack(room);
        return this.#isOnline();
      } catch (error) {
        if (this.#closed) return;
        const refused = error instanceof AppError && !error.retry;
        if (refused || performance.now() > giveUpAt) return this.#lose(lost(error));
      }
    }
  }

  #lose(why: AppError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#offline(why);
    this.#onDisconnect?.(why);
  }
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
