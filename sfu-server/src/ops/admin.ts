/** `/admin/v1`: what the API asks and orders in the name of an admin. Whoever asks is checked before anything is read. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  AdminRoomQuery,
  AppError,
  RoomCode,
  SetWorkersBody,
  SFU_ADMIN_PREFIX,
  WorkerParams,
  type ErrorResponse,
} from '@vcallpe/shared';
import type { z } from 'zod';
import type { Logger } from '../logger.ts';
import type { WorkerPool } from '../media/worker-pool.ts';
import type { RoomRegistry } from '../room/room-registry.ts';
import { adminOf } from './admin-token.ts';
import type { Metrics } from './metrics.ts';
import { NodeView } from './node-view.ts';
import { RoomView } from './room-view.ts';

/** The only body there is says a number. */
const MAX_BODY_BYTES = 1_000;

export interface AdminOptions {
  workers: WorkerPool;
  rooms: RoomRegistry;
  metrics: Pick<Metrics, 'repairs'>;
  roomTokenSecret: string;
  log: Logger;
}

interface Ask {
  req: IncomingMessage;
  /** What the route's pattern caught. */
  caught: Record<string, string>;
  query: Record<string, string>;
  log: Logger;
}

type Route = [method: string, path: RegExp, handle: (ask: Ask) => unknown];

/** Answers requests below `SFU_ADMIN_PREFIX`; the returned function never rejects. */
export function createAdmin(options: AdminOptions) {
  const routes = adminRoutes(options);
  return async (req: IncomingMessage): Promise<{ status: number; body: object }> => {
    try {
      const adminId = adminOf(req, options.roomTokenSecret);
      const log = options.log.child({ adminId });
      return { status: 200, body: (await serve(routes, req, log)) as object };
    } catch (error) {
      return refuse(error, options.log);
    }
  };
}

function adminRoutes({ workers, rooms, metrics }: AdminOptions): Route[] {
  const node = new NodeView(workers, rooms, metrics);
  const view = new RoomView();
  return [
    ['GET', /^\/node$/, () => node.look()],

    [
      'GET',
      /^\/rooms\/(?<code>[^/]+)$/,
      ({ caught, query }) => {
        const code = parse(RoomCode, caught['code']);
        const { page } = parse(AdminRoomQuery, query);
        const room = [...rooms.rooms.values()].find(({ info }) => info.code === code);
        if (!room) throw new AppError('ROOM_NOT_FOUND', 'Nobody is in this meeting');
        return view.look(room, page);
      },
    ],

    [
      'PUT',
      /^\/workers$/,
      async ({ req, log }) => {
        const { count } = parse(SetWorkersBody, await readJson(req));
        log.info({ act: 'setWorkers', count }, 'admin act');
        await resize(workers, count, log);
        return node.look();
      },
    ],

    [
      'POST',
      /^\/workers\/(?<index>\d+)\/(?<act>drain|undrain)$/,
      ({ caught, log }) => {
        const { index } = parse(WorkerParams, caught);
        const act = caught['act'] === 'drain' ? 'drain' : 'undrain';
        log.info({ act, worker: index }, 'admin act');
        workers[act](index);
        return node.look();
      },
    ],
  ];
}

/** @throws {AppError} WRONG_STATE when a new worker does not start, which the log explains. */
async function resize(workers: WorkerPool, count: number, log: Logger): Promise<void> {
  try {
    await workers.resize(count);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    log.error({ err: cause, count }, 'a worker could not start');
    throw new AppError(
      'WRONG_STATE',
      'A new worker could not start: its port may be taken, which is RTC_PORT plus its number. The log says why',
      { cause },
    );
  }
}

async function serve(routes: readonly Route[], req: IncomingMessage, log: Logger): Promise<unknown> {
  const url = new URL(req.url ?? '', 'http://sfu');
  const path = url.pathname.slice(SFU_ADMIN_PREFIX.length);
  for (const [method, pattern, handle] of routes) {
    const caught = method === req.method ? pattern.exec(path) : null;
    if (!caught) continue;
    return handle({ req, caught: { ...caught.groups }, query: Object.fromEntries(url.searchParams), log });
  }
  throw new AppError('NOT_FOUND', `There is no ${req.method} ${path}`);
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new AppError('VALIDATION_FAILED', details.map(({ message }) => message).join('. '), { details });
}

async function readJson(req: IncomingMessage): Promise<unknown> {
  // A body without a length would have to be counted; the API always gives one, and Node reads no byte more.
  if (!(Number(req.headers['content-length'] ?? NaN) <= MAX_BODY_BYTES)) {
    throw new AppError('PAYLOAD_TOO_LARGE', `A body has at most ${MAX_BODY_BYTES} bytes, and says how many`);
  }
  try {
    return JSON.parse(await text(req));
  } catch (cause) {
    throw new AppError('VALIDATION_FAILED', 'The body is not JSON', { cause });
  }
}

function refuse(error: unknown, log: Logger): { status: number; body: ErrorResponse } {
  const requestId = randomUUID();
  const known =
    error instanceof AppError
      ? error
      : new AppError('INTERNAL', 'The media server could not do that: its log says why', { cause: error });
  const level = known === error ? 'debug' : 'error';
  log[level]({ err: error, requestId }, 'admin request failed');
  return { status: known.status, body: { error: { ...known.toBody(), requestId } } };
}
