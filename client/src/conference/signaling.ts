/** The typed socket: requests that are always answered or fail, and events as they come. */
import { io, type Socket } from 'socket.io-client';
import {
  AppError,
  EVENT_CHANNEL,
  LIMITS,
  PROTOCOL_VERSION,
  REQUEST_CHANNEL,
  type Ack,
  type ErrorBody,
  type EventName,
  type EventPayload,
  type Input,
  type Method,
  type Output,
} from '@vcallpe/shared';

export type EventHandlers = { [E in EventName]: (payload: EventPayload<E>) => void };

export class Signaling {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** @throws {AppError} what the server refused with, or UNAVAILABLE when it can't be reached. */
  static connect(sfuUrl: string, token: string): Promise<Signaling> {
    const socket = io(sfuUrl, {
      auth: { token, protocolVersion: PROTOCOL_VERSION },
      transports: ['websocket'],
      // A room token opens one socket; coming back takes a new grant, which the conference asks for.
      reconnection: false,
      forceNew: true,
      timeout: LIMITS.signalingTimeoutMs,
    });
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(new Signaling(socket)));
      socket.once('connect_error', (error: Error & { data?: ErrorBody }) => {
        socket.disconnect();
        reject(
          error.data
            ? AppError.fromBody(error.data)
            : new AppError('UNAVAILABLE', 'The media server can’t be reached', { cause: error }),
        );
      });
    });
  }

  /** @throws {AppError} the server's refusal, or TIMEOUT when no answer came or the socket was lost. */
  async request<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    let ack: Ack<Output<M>>;
    try {
      ack = await this.#socket.timeout(LIMITS.signalingTimeoutMs).emitWithAck(REQUEST_CHANNEL, method, input);
    } catch (error) {
      throw new AppError('TIMEOUT', `The server did not answer (${method})`, { cause: error });
    }
    if (!ack.ok) throw AppError.fromBody(ack.error);
    return ack.data;
  }

  /** Events of a newer server that this client does not know are ignored. */
  onEvent(listener: <E extends EventName>(name: E, payload: EventPayload<E>) => void): void {
    this.#socket.on(EVENT_CHANNEL, listener);
  }

  onDisconnect(listener: () => void): void {
    this.#socket.once('disconnect', listener);
  }

  close(): void {
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
  }
}

export function deliver<E extends EventName>(
  handlers: Partial<EventHandlers>,
  name: E,
  payload: EventPayload<E>,
): void {
  handlers[name]?.(payload);
}
