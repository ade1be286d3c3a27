/** Socket.IO: the handshake, one channel for each socket, limits, and the way into the dispatch. */
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import {
  AppError,
  EVENTS,
  EVENT_CHANNEL,
  LIMITS,
  REQUEST_CHANNEL,
  withinDeadline,
  type Ack,
} from '@vcallpe/shared';
import type { Database } from '@vcallpe/shared/db';
import type { SfuConfig } from '../config.ts';
import type { Logger } from '../logger.ts';
import type { Broadcast, Channel } from '../room/channel.ts';
import { dispatch, toBody, type DispatchOptions } from './dispatch.ts';
import { admit } from './handshake.ts';
import { originAllowed } from './origin.ts';
import { TokenBucket } from './rate-limit.ts';
import { Session } from './session.ts';

/** Above this, bytes, Socket.IO drops the connection; between it and the message limit the client gets an answer. */
const FRAME_BYTES = LIMITS.signalingMessageBytes * 4;
/** A socket that has not joined by then has no business here, ms. */
const JOIN_WITHIN_MS = 20_000;
/** Refusals in a row after which a flooding socket is cut off. */
const MAX_REFUSED = 1_000;

interface SocketServerOptions extends DispatchOptions {
  config: SfuConfig;
  database: Database;
  log: Logger;
  /** Whether new sockets are welcome. */
  accepting: () => boolean;
}

export interface SocketServer {
  io: Server;
  broadcast: Broadcast;
}

export function attachSocketServer(http: HttpServer, options: SocketServerOptions): SocketServer {
  const { config, database, log, accepting } = options;
  const io = new Server(http, {
    // One connection, no polling to upgrade from: it is faster, and needs no sticky load balancer.
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: FRAME_BYTES,
    perMessageDeflate: false,
    connectTimeout: 10_000,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (req, callback) => {
      const allowed = originAllowed(req.headers.origin, req.headers.host, config.allowedOrigins);
      callback(allowed ? null : 'This origin may not connect: see ALLOWED_ORIGINS', allowed);
    },
  });

  io.use((socket, next) => {
    const admitted = accepting()
      ? withinDeadline(admit(socket.handshake.auth, config.roomTokenSecret, database))
      : Promise.reject(new AppError('UNAVAILABLE', 'The media server is shutting down'));
    admitted.then(
      (claims) => {
        const child = log.child({ socket: socket.id, participantId: claims.participantId });
        const channel = socketChannel(socket, config.checkOutputs);
        socket.data = new Session(claims, channel, child);
        next();
      },
      (error: unknown) => {
        const body = toBody(error, { log });
        next(Object.assign(new Error(body.message), { data: body }));
      },
    );
  });

  io.on('connection', (socket) => serve(socket, options));
  const broadcast: Broadcast = (audience, event, payload) => {
    io.to(audience).emit(EVENT_CHANNEL, event, config.checkOutputs ? EVENTS[event].parse(payload) : payload);
  };
  return { io, broadcast };
}

function serve(socket: Socket, options: SocketServerOptions): void {
  const session = socket.data as Session;
  const bucket = new TokenBucket(LIMITS.signalingRate);
  const joinTimer = setTimeout(() => {
    if (!session.joined) socket.disconnect(true);
  }, JOIN_WITHIN_MS);

  socket.onAny((channel: string, ...args: unknown[]) => {
    const reply = args.at(-1);
    // Without a way to answer there is nothing to ask for; such a message is dropped.
    if (typeof reply !== 'function') return;
    const answer = (ack: Ack) => void (reply as (ack: Ack) => void)(ack);
    if (!bucket.take()) {
      if (bucket.refused > MAX_REFUSED) socket.disconnect(true);
      const error = new AppError('RATE_LIMITED', 'Too many requests: wait a moment');
      return answer({ ok: false, error: error.toBody() });
    }
    const [method, input] = channel === REQUEST_CHANNEL ? args : [channel];
    void dispatch(options, session, method, input).then(answer);
  });

  socket.once('disconnect', (reason) => {
    clearTimeout(joinTimer);
    session.log.debug({ reason }, 'socket closed');
    session.end('disconnected');
  });
}

function socketChannel(socket: Socket, checkEvents: boolean): Channel {
  return {
    send(event, payload) {
      socket.emit(EVENT_CHANNEL, event, checkEvents ? EVENTS[event].parse(payload) : payload);
    },
    listen(audience) {
      void socket.join(audience);
    },
    end(reason) {
      this.send('sessionEnded', { reason });
      socket.disconnect(true);
    },
  };
}
