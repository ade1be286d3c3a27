/**
 * Exchanging the refresh cookie. The server rotates it each time and takes the reuse of an old one for theft,
 * so exchanges must never overlap, in this tab or another, and one whose answer was lost must be repeated
 * under the same idempotency key: then the server gives the same answer again.
 */
import { AppError } from '@vcallpe/shared';
import type { KeyValueStore } from '../storage.ts';
import { uuid } from '../uuid.ts';

/** Shared by all tabs and kept over a reload, because the cookie whose exchange is pending is, too. */
export const PENDING_REFRESH_KEY = 'vcallpe.pendingRefresh';

export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs what changes the session cookie one after the other: across tabs with Web Locks, else within this one. */
export function createExclusively(locks: LockManager | undefined): Exclusively {
  let tail: Promise<unknown> = Promise.resolve();
  return async (work) => {
    if (locks) return await locks.request('vcallpe.session', work);
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return await result;
  };
}

/** After these the server may or may not have rotated the cookie. */
function answerWasLost(error: unknown): boolean {
  return !(error instanceof AppError) || error.status >= 500;
}

/**
 * One exchange at a time: everybody who asks while one is under way gets its result.
 * @param exchange sends the request under the given idempotency key and rejects with `AppError`.
 */
export function createRefresh<T>(
  exchange: (idempotencyKey: string) => Promise<T>,
  exclusively: Exclusively,
  storage: KeyValueStore,
): () => Promise<T> {
  let underWay: Promise<T> | undefined;

  async function rotate(): Promise<T> {
    const key = storage.getItem(PENDING_REFRESH_KEY) ?? uuid();
    storage.setItem(PENDING_REFRESH_KEY, key);
    try {
      const result = await exchange(key);
      storage.removeItem(PENDING_REFRESH_KEY);
      return result;
    } catch (error) {
      if (!answerWasLost(error)) storage.removeItem(PENDING_REFRESH_KEY);
      throw error;
    }
  }

  return () => {
    underWay ??= exclusively(rotate).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
