import mongoose, { type Connection, type Model } from 'mongoose';
import { withinDeadline } from '../deadline.ts';
import { CHAT_FILE_BUCKET, chatFileSchema, type ChatFileDoc } from './chat-file.ts';
import { chatMessageSchema, type ChatMessageDoc } from './chat-message.ts';
import { meetingSchema, type MeetingDoc } from './meeting.ts';
import { pollSchema, type PollDoc } from './poll.ts';
import { roomSchema, type RoomDoc } from './room.ts';
import { sessionSchema, type SessionDoc } from './session.ts';
import { usedGrantSchema, type UsedGrantDoc } from './used-grant.ts';
import { userSchema, type UserDoc } from './user.ts';

export interface Database {
  connection: Connection;
  users: Model<UserDoc>;
  sessions: Model<SessionDoc>;
  rooms: Model<RoomDoc>;
  usedGrants: Model<UsedGrantDoc>;
  meetings: Model<MeetingDoc>;
  chatMessages: Model<ChatMessageDoc>;
  polls: Model<PollDoc>;
  chatFiles: Model<ChatFileDoc>;
  /** The bytes of `chatFiles`, by the same ids. */
  fileBytes: mongoose.mongo.GridFSBucket;
  close(): Promise<void>;
}

/**
 * Connects, and makes the indexes that uniqueness and expiry rest on before anything is served.
 * The driver reconnects by itself when the database goes away; an operation waits for it at most
 * `serverSelectionTimeoutMS` and then fails, which callers answer as UNAVAILABLE.
 */
export async function connectDatabase(uri: string): Promise<Database> {
  const connection = await mongoose
    .createConnection(uri, {
      serverSelectionTimeoutMS: 5_000,
      heartbeatFrequencyMS: 1_000,
      autoCreate: false,
      autoIndex: false,
      bufferCommands: false,
      writeConcern: { w: 'majority', journal: true },
    })
    .asPromise();

  const users = connection.model<UserDoc>('User', userSchema);
  const sessions = connection.model<SessionDoc>('Session', sessionSchema);
  const rooms = connection.model<RoomDoc>('Room', roomSchema);
  const usedGrants = connection.model<UsedGrantDoc>('UsedGrant', usedGrantSchema);
  const meetings = connection.model<MeetingDoc>('Meeting', meetingSchema);
  const chatMessages = connection.model<ChatMessageDoc>('ChatMessage', chatMessageSchema);
  const polls = connection.model<PollDoc>('Poll', pollSchema);
  const chatFiles = connection.model<ChatFileDoc>('ChatFile', chatFileSchema);
  for (const model of [users, sessions, rooms, usedGrants, meetings, chatMessages, polls, chatFiles]) {
    await model.createIndexes();
  }

  return {
    connection,
    users,
    sessions,
    rooms,
    usedGrants,
    meetings,
    chatMessages,
    polls,
    chatFiles,
    fileBytes: new mongoose.mongo.GridFSBucket(connection.getClient().db(connection.name), {
      bucketName: CHAT_FILE_BUCKET,
    }),
    close: () => connection.close(),
  };
}

/** A probe that hears nothing for longer gives up by itself, so the answer comes before, ms. */
const PING_WITHIN_MS = 2_000;

/** Resolves when the database answers; for `/readyz`. @throws when it does not, or not soon enough. */
export async function pingDatabase(database: Database): Promise<void> {
  if (!database.connection.db) throw new Error('Not connected');
  await withinDeadline(database.connection.db.admin().ping(), PING_WITHIN_MS);
}
