/** A client with no manners: it opens a socket with whatever it is given and sends whatever it is told. */
import { io, type Socket } from 'socket.io-client';
import {
  AppError,
  EVENT_CHANNEL,
  PROTOCOL_VERSION,
  REQUEST_CHANNEL,
  type Ack,
  type ErrorBody,
  type JoinGrant,
} from '@vcallpe/shared';

export interface RawClient {
  socket: Socket;
  /** Events received so far, oldest first. */
  events: { name: string; payload: unknown }[];
  /** @throws {AppError} what the server refused with */
  request<T = unknown>(method: unknown, input?: unknown, channel?: string): Promise<T>;
  close(): void;
}

export interface Handshake {
  auth?: unknown;
  headers?: Record<string, string>;
}

/** @throws {AppError} what the server refused with; UNAVAILABLE when the connection itself was refused. */
export function connectRaw(sfuUrl: string, { auth, headers }: Handshake): Promise<RawClient> {
  const socket = io(sfuUrl, {
    auth: auth as Record<string, unknown>,
    extraHeaders: headers,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  const events: RawClient['events'] = [];
  socket.on(EVENT_CHANNEL, (name: string, payload: unknown) => events.push({ name, payload }));
  return new Promise((resolve, reject) => {
    socket.once('connect_error', (error: Error & { data?: ErrorBody }) => {
      socket.disconnect();
      reject(error.data ? AppError.fromBody(error.data) : new AppError('UNAVAILABLE', error.message));
    });
    socket.once('connect', () =>
      resolve({
        socket,
        events,
        async request<T>(method: unknown, input: unknown = {}, channel = REQUEST_CHANNEL) {
          const ack = (await socket.timeout(10_000).emitWithAck(channel, method, input)) as Ack<T>;
          if (!ack.ok) throw AppError.fromBody(ack.error);
          return ack.data;
        },
        close: () => void socket.disconnect(),
      }),
    );
  });
}

export function enterRaw(grant: JoinGrant): Promise<RawClient> {
  return connectRaw(grant.sfuUrl, { auth: { token: grant.roomToken, protocolVersion: PROTOCOL_VERSION } });
}
