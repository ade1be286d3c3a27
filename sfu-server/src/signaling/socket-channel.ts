/** A peer's way to its client over the socket that it has now. The socket may be lost, and another one take its place. */
import type { Socket } from 'socket.io';
import {
  EVENTS,
  EVENT_CHANNEL,
  PROBE_CHANNEL,
  type EventName,
  type EventPayload,
  type SessionEndReason,
} from '@vcallpe/shared';
import type { Channel } from '../room/channel.ts';

/** A client that is there answers a probe at once; a path that is so slow carries no call, ms. */
const PROBE_WITHIN_MS = 2_000;

export class SocketChannel implements Channel {
  readonly #checkEvents: boolean;
  readonly #audiences = new Set<string>();
  #socket: Socket | undefined;

  /** @param checkEvents parse what is sent, in tests */
  constructor(checkEvents: boolean) {
    this.#checkEvents = checkEvents;
  }

  get present(): boolean {
    return this.#socket !== undefined;
  }

  /** Takes a socket into use. One that is half open still, as the server sees it, is hung up. */
  attach(socket: Socket): void {
    const before = this.#socket;
    this.#socket = socket;
    before?.disconnect(true);
    for (const audience of this.#audiences) void socket.join(audience);
  }

  /** This socket closed. @returns whether it was the one in use */
  detach(socket: Socket): boolean {
    if (this.#socket !== socket) return false;
    this.#socket = undefined;
    return true;
  }

  send<E extends EventName>(event: E, payload: EventPayload<E>): void {
    this.#socket?.emit(EVENT_CHANNEL, event, this.#checkEvents ? EVENTS[event].parse(payload) : payload);
  }

  listen(audience: string): void {
    this.#audiences.add(audience);
    void this.#socket?.join(audience);
  }

  probe(): void {
    const socket = this.#socket;
    // The transport is closed without a word, as a lost one is.
    socket?.timeout(PROBE_WITHIN_MS).emit(PROBE_CHANNEL, (error: unknown) => error && socket.conn.close());
  }

  /** Hangs up without a word. */
  hangUp(): void {
    this.#socket?.disconnect(true);
  }

  end(reason: SessionEndReason): void {
    this.send('sessionEnded', { reason });
    this.#socket?.disconnect(true);
  }
}
