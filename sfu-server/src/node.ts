/** Composition root: puts one node together, and takes it apart in order. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connectDatabase, pingDatabase } from '@vcallpe/shared/db';
import type { SfuConfig } from './config.ts';
import type { Logger } from './logger.ts';
import { WorkerPool } from './media/worker-pool.ts';
import { createAdmin } from './ops/admin.ts';
import { createOpsServer } from './ops/http.ts';
import { createMetrics } from './ops/metrics.ts';
import { Meetings } from './room/meetings.ts';
import { RoomRegistry } from './room/room-registry.ts';
import { watchRooms } from './room/room-watch.ts';
import { admissionHandlers } from './signaling/handlers/admission.ts';
import { conversationHandlers } from './signaling/handlers/conversation.ts';
import { mediaHandlers } from './signaling/handlers/media.ts';
import { moderationHandlers } from './signaling/handlers/moderation.ts';
import { roomHandlers } from './signaling/handlers/room.ts';
import { Sessions } from './signaling/sessions.ts';
import { attachSocketServer } from './signaling/socket-server.ts';

export interface SfuNode {
  /** Where clients connect. */
  url: string;
  workers: WorkerPool;
  rooms: RoomRegistry;
  close(): Promise<void>;
}

/** @throws when the database can't be reached, a worker can't start, or a port is taken. */
export async function startSfuNode(config: SfuConfig, log: Logger): Promise<SfuNode> {
  let closing = false;
  const database = await connectDatabase(config.mongodbUri);
  const workers = await WorkerPool.start({
    size: config.workers,
    rtcPort: config.rtcPort,
    listen: config.mediaListen,
    budget: config.workerBudget,
    log,
  });
  const meetings = new Meetings(database, log);
  const rooms = new RoomRegistry({
    database,
    meetings,
    workers,
    log,
    policy: {
      audibleSpeakers: config.audibleSpeakers,
      maxTiles: config.maxTiles,
      lingerMs: config.hiddenTileLingerMs,
    },
    // Rooms open only after sockets do.
    broadcast: (audience, event, payload) => {
      metrics.broadcasts.inc({ event });
      broadcast(audience, event, payload);
    },
    onRepair: (cause, step) => metrics.repairs.inc({ cause, step }),
    transports: {
      initialOutgoingBitrate: config.initialOutgoingBitrate,
      maxIncomingBitrate: config.maxIncomingBitrate,
    },
  });
  const metrics = createMetrics(workers, rooms);
  const sessions = new Sessions();
  const unwatch = watchRooms(rooms, database, log);

  const problems = async () => {
    const found: string[] = [];
    if (closing) found.push('shutting down');
    if (workers.alive.length === 0) found.push('no media worker is up');
    await pingDatabase(database).catch(() => found.push('the database does not answer'));
    return found;
  };
  const admin = createAdmin({ workers, rooms, metrics, roomTokenSecret: config.roomTokenSecret, log });
  const http = createOpsServer({ config, log, metrics, admin, problems });
  const { io, broadcast } = attachSocketServer(http, {
    config,
    database,
    log,
    metrics,
    checkOutputs: config.checkOutputs,
    sessions,
    handlers: {
      ...roomHandlers(rooms, sessions),
      ...mediaHandlers,
      ...admissionHandlers(rooms),
      ...moderationHandlers,
      ...conversationHandlers(database, config.rateLimitScale),
    },
    accepting: () => !closing,
  });

  const close = async () => {
    if (closing) return;
    closing = true;
    unwatch();
    // Rooms first, so that clients hear why; then their sockets and HTTP, then the media, then what all of it used.
    rooms.close();
    await io.close();
    workers.close();
    await meetings.close();
    await database.close();
  };

  try {
    http.listen(config.port, config.host);
    await once(http, 'listening');
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = http.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const url = `${config.tls ? 'https' : 'http'}://${host}:${port}`;
  log.info({ url, workers: config.workers }, 'sfu ready');
  return { url, workers, rooms, close };
}
