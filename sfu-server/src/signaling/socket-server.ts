/** Socket.IO: the handshake, one channel for each socket, limits, and the way into the dispatch. */
import { createSecretKey } from 'node:crypto';
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
import type { Broadcast } from '../room/channel.ts';
import { dispatch, toBody, type DispatchOptions } from './dispatch.ts';
import { admit, readHandshake } from './handshake.ts';
import { originAllowed } from './origin.ts';
import { TokenBucket } from '../token-bucket.ts';
import { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import { SocketChannel } from './socket-channel.ts';

/** Above this, bytes, Socket.IO drops the connection; between it and the message limit the client gets an answer. */
const FRAME_BYTES = LIMITS.signalingMessageBytes * 4;
/** Refusals in a row after which a flooding socket is cut off. */
const MAX_REFUSED = 1_000;

/** One of both ends hung up with a word. Everything else is a loss, and the client may come back. */
const ON_PURPOSE: ReadonlySet<string> = new Set([
  'client namespace disconnect',
  'server namespace disconnect',
  'server shutting down',
]);

interface SocketServerOptions extends DispatchOptions {
  config: SfuConfig;
  database: Database;
  log: Logger;
  sessions: Sessions;
  /** Whether new sockets are welcome. */
  accepting: () => boolean;
}

export interface SocketServer {
  io: Server;
  broadcast: Broadcast;
}

export function attachSocketServer(http: HttpServer, options: SocketServerOptions): SocketServer {
  const { config, database, log, sessions, accepting } = options;
  // Made once: of a string jsonwebtoken would try to make a public key each time, which costs more than the check.
  const tokenKey = createSecretKey(config.roomTokenSecret, 'utf8');
  const io = new Server(http, {
    // One connection, no polling to upgrade from: it is faster, and needs no sticky load balancer.
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: FRAME_BYTES,
    perMessageDeflate: false,
    connectTimeout: 10_000,
    // A client that vanished without a word is noticed within 10 s, and one that comes back meanwhile resumes.
    pingInterval: 5_000,
    pingTimeout: 5_000,
    allowRequest: (req, callback) => {
      const allowed = originAllowed(req.headers.origin, req.headers.host, config.allowedOrigins);
      callback(allowed ? null : 'This origin may not connect: see ALLOWED_ORIGINS', allowed);
    },
  });

  io.use((socket, next) => {
    const find = async (): Promise<Session> => {
      if (!accepting()) throw new AppError('UNAVAILABLE', 'The media server is shutting down');
      const handshake = readHandshake(socket.handshake.auth);
      if ('resumeKey' in handshake) return sessions.find(handshake.resumeKey);
      const claims = await withinDeadline(admit(handshake.token, tokenKey, database));
      const child = log.child({ participantId: claims.participantId, joinId: claims.joinId });
      return new Session(claims, new SocketChannel(config.checkOutputs), child);
    };
    find().then(
      (session) => {
        socket.data = session;
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
  if (session.joined) session.find();
  session.channel.attach(socket);
  const bucket = new TokenBucket(LIMITS.signalingRate);

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
    session.log.debug({ reason }, 'socket closed');
    // Another socket may have taken its place.
    if (!session.channel.detach(socket)) return;
    if (ON_PURPOSE.has(reason)) session.end('disconnected');
    else session.lose();
  });
}
