/** Server-only: the one schema of both servers. Uses only what a standalone MongoDB and the embedded database share. */
export { connectDatabase, pingDatabase, type Database } from './connect.ts';
export { isDuplicateKey } from './duplicate-key.ts';
export type { RoomDoc } from './room.ts';
export type { SessionDoc } from './session.ts';
export type { UserDoc } from './user.ts';
