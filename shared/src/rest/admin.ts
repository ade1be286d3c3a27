/**
 * What admins see of the media server and may do to it. The API asks an SFU node for it and passes it on, so these are
 * also the answers of the node's own `/admin/v1`.
 */
import { z } from 'zod';
import { Role, TrackSource } from '../roles.ts';

/** Where an SFU node answers the API. */
export const SFU_ADMIN_PREFIX = '/admin/v1';

/** `aud` of the API's token for that: HS256 with the secret of room tokens, which differ in their audience. */
export const SFU_ADMIN_AUDIENCE = 'vcallpe:sfu-admin';

/** As many workers as one node may have. */
export const WORKERS_MAX = 256;

/** Rooms in one snapshot, those with the most peers first; `totals` counts them all. */
export const ADMIN_ROOMS_MAX = 200;

/** Peers in one answer about a room: each costs two requests to its worker, so there are pages. */
export const ADMIN_PEERS_PER_PAGE = 25;

const count = z.number().int().min(0);
/** 1 is one core in full use. */
const cores = z.number().min(0);
const bps = z.number().int().min(0);
const workerIndex = z
  .number()
  .int()
  .min(0)
  .max(WORKERS_MAX - 1);

export const AdminWorker = z.object({
  index: workerIndex,
  pid: z.number().int(),
  /**
   * `draining`: gets no new peers, and the sessions of those it has end, some at a time, so that they come back
   * elsewhere. `retiring`: the same, and then it closes, because there are to be fewer workers.
   */
  state: z.enum(['serving', 'draining', 'retiring']),
  cpu: cores,
  peers: count,
  routers: count,
  /** Those that forward now, pipes included. */
  consumers: count,
  /** What placing goes by: 0 is idle, 1 is a full budget, and there can be more. */
  load: z.number().min(0),
});
export type AdminWorker = z.infer<typeof AdminWorker>;

export const AdminRoom = z.object({
  code: z.string(),
  name: z.string(),
  peers: count,
  producers: count,
  consumers: count,
  routers: count,
  /** Producers piped from one router to another. */
  pipes: count,
});
export type AdminRoom = z.infer<typeof AdminRoom>;

/** Where media that should flow stopped, and how often something was done about it since the start. */
export const REPAIR_CAUSES = [
  'consumerPaused',
  'producerPaused',
  'notForwarded',
  'publisherSilent',
  'producerSilent',
  'oneNotReceived',
  'notReceived',
  'outOfStep',
] as const;
export const AdminRepair = z.object({ cause: z.enum(REPAIR_CAUSES), steps: count });
export type AdminRepair = z.infer<typeof AdminRepair>;

export const AdminNode = z.object({
  at: z.iso.datetime(),
  startedAt: z.iso.datetime(),
  /** Of the Node process, which does signaling; media is in the workers. */
  process: z.object({ cpu: cores, memoryBytes: count }),
  workers: z.array(AdminWorker),
  totals: z.object({ rooms: count, peers: count, producers: count, consumers: count, pipes: count }),
  /** Pairs of producer and consumer that should flow and do not, now. */
  brokenPairs: count,
  repairs: z.array(AdminRepair),
  rooms: z.array(AdminRoom).max(ADMIN_ROOMS_MAX),
});
export type AdminNode = z.infer<typeof AdminNode>;

export const AdminPeer = z.object({
  peerId: z.uuid(),
  displayName: z.string(),
  role: Role,
  /** The worker whose router has the peer's transports. */
  worker: workerIndex,
  producers: z.array(z.object({ source: TrackSource, paused: z.boolean() })),
  consumers: z.object({ active: count, paused: count }),
  /** What the peer sends, and what it receives. */
  upBps: bps,
  downBps: bps,
});
export type AdminPeer = z.infer<typeof AdminPeer>;

export const AdminRoomDetail = z.object({
  at: z.iso.datetime(),
  room: AdminRoom,
  routers: z.array(z.object({ worker: workerIndex, peers: count, pipesIn: count })),
  /** From 1. */
  page: z.number().int().min(1),
  pages: z.number().int().min(1),
  peers: z.array(AdminPeer).max(ADMIN_PEERS_PER_PAGE),
});
export type AdminRoomDetail = z.infer<typeof AdminRoomDetail>;

/** A page beyond the last is answered with the last. */
export const AdminRoomQuery = z.strictObject({ page: z.coerce.number().int().min(1).default(1) });

export const WorkerParams = z.object({
  index: z.coerce
    .number()
    .int()
    .min(0)
    .max(WORKERS_MAX - 1),
});

export const SetWorkersBody = z.strictObject({ count: z.number().int().min(1).max(WORKERS_MAX) });
export type SetWorkersBody = z.infer<typeof SetWorkersBody>;
