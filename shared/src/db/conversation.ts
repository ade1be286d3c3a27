/** What was said and done in rooms goes with them. */
import type { Types } from 'mongoose';
import { CHAT_FILE_BUCKET } from './chat-file.ts';
import type { Database } from './connect.ts';

/**
 * Deletes messages, polls, meetings and files of rooms. A file goes before what is known of it, so that one whose deletion broke
 * off is still found.
 */
export async function deleteConversations(
  database: Database,
  roomIds: readonly (Types.ObjectId | string)[],
): Promise<void> {
  const ofRooms = { roomId: { $in: roomIds } };
  await database.chatMessages.deleteMany(ofRooms);
  await database.polls.deleteMany(ofRooms);
  await database.meetings.deleteMany(ofRooms);
  for (const { _id } of await database.chatFiles.find(ofRooms).select('_id').lean()) {
    await deleteFile(database, _id);
  }
}

/** Deletes one file. Nothing happens when it is gone already. */
export async function deleteFile(database: Database, id: Types.ObjectId): Promise<void> {
  const { connection, chatFiles } = database;
  // Not by the bucket's own delete: an upload that broke off has pieces, and nothing that lists them.
  await connection.collection(`${CHAT_FILE_BUCKET}.chunks`).deleteMany({ files_id: id });
  await connection.collection(`${CHAT_FILE_BUCKET}.files`).deleteOne({ _id: id });
  await chatFiles.deleteOne({ _id: id });
}

/** Deletes rooms and what was said in them. */
export async function deleteRooms(
  database: Database,
  which: { _id: Types.ObjectId } | { ownerId: Types.ObjectId | string },
): Promise<void> {
  const ids = (await database.rooms.find(which).select('_id').lean()).map(({ _id }) => _id);
  await deleteConversations(database, ids);
  await database.rooms.deleteMany({ _id: { $in: ids } });
  // Once more, for what was said meanwhile. From now on nothing can be.
  await deleteConversations(database, ids);
}
