/** Removes files that nobody can have: those that came with no message, and those of meetings that are long over. */
import { LIMITS } from '@vcallpe/shared';
import { deleteFile, type Database } from '@vcallpe/shared/db';
import type { Logger } from '../logger.ts';

const INTERVAL_MS = 10 * 60_000;
/** Longer than anybody waits before sending what they have put there, ms. */
const UNSENT_KEPT_MS = 60 * 60_000;
const ago = (ms: number) => new Date(Date.now() - ms);

/** Sweeps now and then. @returns a way to stop */
export function sweepFiles(database: Database, logger: Logger): () => void {
  const sweep = async () => {
    await removeUnsent(database, ago(UNSENT_KEPT_MS));
    await removeOver(database, ago(LIMITS.filesKeptMs));
  };
  const timer = setInterval(() => {
    sweep().catch((error: unknown) =>
      logger.warn({ err: error }, 'files that nobody can have could not be removed'),
    );
  }, INTERVAL_MS).unref();
  return () => clearInterval(timer);
}

/**
 * Given up before they were sent, left by an upload that broke off, or taken for a message that could not be stored. Several
 * servers may do it at the same time.
 *
 * @param before when they were put there
 */
export async function removeUnsent(database: Database, before: Date): Promise<void> {
  const { chatFiles, chatMessages } = database;
  const old = { createdAt: { $lt: before } };
  const unsent = { messageId: { $exists: false }, ...old };
  for (const { _id } of await chatFiles.find(unsent).select('_id').lean()) {
    // From here on no message can take it any more.
    const gone = await chatFiles.updateOne({ _id, ...unsent }, { $set: { complete: false } });
    if (gone.matchedCount === 1) await deleteFile(database, _id);
  }
  const taken = { messageId: { $exists: true }, ...old };
  for (const { _id, roomId, from, messageId } of await chatFiles.find(taken).lean()) {
    const message = { roomId, messageId, 'from.participantId': from };
    if (await chatMessages.exists(message)) continue;
    await chatFiles.updateOne({ _id }, { $set: { complete: false } });
    // It may have been sent again just now.
    if (await chatMessages.exists(message)) await chatFiles.updateOne({ _id }, { $set: { complete: true } });
    else await deleteFile(database, _id);
  }
}

/** @param before when their meeting was last known to go on */
export async function removeOver(database: Database, before: Date): Promise<void> {
  const { chatFiles, meetings } = database;
  const old = await chatFiles
    .find({ createdAt: { $lt: before } })
    .select('meetingId')
    .lean();
  const meetingIds = [...new Map(old.map(({ meetingId }) => [String(meetingId), meetingId])).values()];
  const goOn = await meetings
    .find({ _id: { $in: meetingIds }, aliveAt: { $gte: before } })
    .select('_id')
    .lean();
  const kept = new Set(goOn.map(({ _id }) => _id.toHexString()));
  for (const { _id, meetingId } of old) {
    if (!kept.has(String(meetingId))) await deleteFile(database, _id);
  }
}
