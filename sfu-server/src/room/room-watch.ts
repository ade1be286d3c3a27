/**
 * Brings changes made through the API into running rooms: a deleted room ends, new settings apply. Polling one
 * indexed query is what a standalone MongoDB and the embedded database both can do.
 */
import { withinDeadline } from '@vcallpe/shared';
import type { Database } from '@vcallpe/shared/db';
import type { Logger } from '../logger.ts';
import { roomInfo, type RoomRegistry } from './room-registry.ts';

/** How long a deleted room may go on, ms. */
const INTERVAL_MS = 3_000;

/** @returns a function that stops watching. */
export function watchRooms(registry: RoomRegistry, database: Database, log: Logger): () => void {
  let timer: NodeJS.Timeout;
  let stopped = false;
  const next = () => {
    if (!stopped) timer = setTimeout(check, INTERVAL_MS);
  };

  const check = () => {
    withinDeadline(compare(registry, database))
      // Without the database no room ends: people go on talking while it is away.
      .catch((error: unknown) => log.warn({ err: error }, 'rooms could not be compared with the database'))
      .finally(next);
  };

  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function compare(registry: RoomRegistry, database: Database): Promise<void> {
  const running = [...registry.rooms.values()];
  if (running.length === 0) return;
  const docs = await database.rooms.find({ _id: { $in: running.map((room) => room.info.id) } }).lean();
  const stored = new Map(docs.map((doc) => [doc._id.toHexString(), doc]));
  for (const room of running) {
    const doc = stored.get(room.info.id);
    if (!doc) {
      room.close('roomDeleted');
      continue;
    }
    room.info = roomInfo(doc);
    room.admission.review();
  }
}
