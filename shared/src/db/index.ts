/** Server-only: the one schema of both servers. Uses only what a standalone MongoDB and the embedded database share. */
export { connectDatabase, pingDatabase, type Database } from './connect.ts';
export { deleteFile, deleteRooms } from './conversation.ts';
export { isDatabaseAway } from './database-away.ts';
export { isDuplicateKey } from './duplicate-key.ts';
export { newFileId, type ChatFileDoc } from './chat-file.ts';
export type { ChatMessageDoc } from './chat-message.ts';
export type { ActDoc, AttendanceDoc, MeetingDoc } from './meeting.ts';
export type { PersonDoc } from './person.ts';
export type { PollDoc } from './poll.ts';
export type { RoomDoc } from './room.ts';
export type { SessionDoc } from './session.ts';
export type { UserDoc } from './user.ts';
