// The server: one database file, one unix socket that only its user can open.
import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { runCommand } from './commands/index.ts';
import { serveConnection } from './connection.ts';
import { Cursors } from './cursors.ts';
import { Storage } from './storage.ts';
import { startSweeping } from './ttl.ts';

const MAX_CONNECTIONS = 1000;
/** The longest path of a unix socket, in bytes: `sun_path` less its ending zero, on Linux and on macOS and BSD. */
const MAX_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;

export interface EmbeddedMongoOptions {
  /** The data directory; the database lives in its subdirectory `mongo`. */
  readonly dir: string;
  /** Gets a line for what an operator may want to know; silent if left out. */
  readonly log?: (line: string) => void;
}

export interface EmbeddedMongo {
  readonly socketPath: string;
  /** The connection string for a database, as mongoose and the mongodb driver take it. */
  readonly uri: (dbName: string) => string;
  /** Ends all connections, moves everything into the database file and lets go of it. */
  readonly close: () => Promise<void>;
}

/** Where the socket of a data directory is. */
export function socketPathOf(dir: string): string {
  return resolve(dir, 'mongo', 'db.sock');
}

/** The connection string for a database behind a socket. */
export function uriOf(socketPath: string, dbName: string): string {
  return `mongodb://${encodeURIComponent(socketPath)}/${dbName}`;
}

/**
 * Starts the embedded database of a data directory.
 * @throws Error when another process serves the same directory, or the socket's path is too long for the system.
 */
export async function startEmbeddedMongo({
  dir,
  log = () => undefined,
}: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const socketPath = socketPathOf(dir);
  const length = Buffer.byteLength(socketPath);
  if (length > MAX_SOCKET_PATH) {
    throw new Error(
      `The database socket's path has ${length} bytes and the system allows ${MAX_SOCKET_PATH}: ${socketPath}. Set DATA_DIR to a shorter path.`,
    );
  }
  const home = join(resolve(dir), 'mongo');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  // The directory's mode guards the socket between its creation and its own chmod.
  chmodSync(home, 0o700);
  const storage = new Storage(join(home, 'db.sqlite'));
  const cursors = new Cursors();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, (request) => runCommand(storage, cursors, request), log);
  });
  server.maxConnections = MAX_CONNECTIONS;
  try {
    // We hold the file's lock, so a socket that is there was left by a process that is gone.
    rmSync(socketPath, { force: true });
    server.listen(socketPath);
    await once(server, 'listening');
    chmodSync(socketPath, 0o600);
  } catch (error) {
    server.close();
    storage.close();
    throw error;
  }
  const stopSweeping = startSweeping(storage, cursors, log);
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    stopSweeping();
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
    storage.close();
  };
  return {
    socketPath,
    uri: (dbName) => uriOf(socketPath, dbName),
    close: () => (closing ??= close()),
  };
}
