/** Removes files that came with no message: given up before they were sent, or left by an upload that broke off. */
import { deleteFile, type Database } from '@vcallpe/shared/db';
import type { Logger } from '../logger.ts';

const INTERVAL_MS = 10 * 60_000;
/** Longer than anybody waits before sending what they have put there, ms. */
const KEPT_MS = 60 * 60_000;

/** Sweeps now and then. @returns a way to stop */
export function sweepFiles(database: Database, logger: Logger): () => void {
  const sweep = () => {
    removeUnsent(database, new Date(Date.now() - KEPT_MS)).catch((error: unknown) =>
      logger.warn({ err: error }, 'files that were not sent could not be removed'),
    );
  };
  const timer = setInterval(sweep, INTERVAL_MS).unref();
  return () => clearInterval(timer);
}

/** Several servers may do it at the same time. */
export async function removeUnsent(database: Database, before: Date): Promise<void> {
  const unsent = { messageId: { $exists: false }, createdAt: { $lt: before } };
  for (const { _id } of await database.chatFiles.find(unsent).select('_id').lean()) {
    // From here on no message can take it any more.
    const gone = await database.chatFiles.updateOne({ _id, ...unsent }, { $set: { complete: false } });
    if (gone.matchedCount === 1) await deleteFile(database, _id);
  }
}
