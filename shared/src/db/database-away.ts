import mongoose from 'mongoose';

const { mongo } = mongoose;

/** The database driver passes on as it is what a socket says that broke while being written to. */
const BROKEN_SOCKET = new Set<unknown>(['EPIPE', 'ECONNRESET']);

/** Whether an operation failed because the database can't be reached now, so that the same may work later. */
export function isDatabaseAway(error: unknown): boolean {
  return (
    (typeof error === 'object' && error !== null && 'code' in error && BROKEN_SOCKET.has(error.code)) ||
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError
  );
}
