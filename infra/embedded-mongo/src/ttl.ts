// The housekeeping that MongoDB does in the background: expired documents and forgotten cursors.
import type { Cursors } from './cursors.ts';
import { messageOf } from './errors.ts';
import type { Storage } from './storage.ts';

/** How often we look, in ms. A mongod looks every 60 s; rooms and leases here should not wait that long. */
const SWEEP_MS = 2000;
/** Documents removed from one index in one sweep, so that a sweep never holds up the clients for long. */
const SWEEP_LIMIT = 1000;

/** Removes what has expired by `now` in all TTL indexes. */
export function removeExpired(storage: Storage, now: Date): void {
  for (const collection of storage.collections()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === undefined) continue;
      storage.transaction(() => collection.removeExpired(index, now, SWEEP_LIMIT));
    }
  }
}

/** Sweeps every few seconds until the returned function is called. */
export function startSweeping(storage: Storage, cursors: Cursors, log: (line: string) => void): () => void {
  const timer = setInterval(() => {
    try {
      removeExpired(storage, new Date());
      cursors.closeIdle(Date.now());
    } catch (error) {
      log(`a TTL sweep failed and will be tried again: ${messageOf(error)}`);
    }
  }, SWEEP_MS);
  timer.unref();
  return () => clearInterval(timer);
}
