import { AppError } from '@vcallpe/shared';
import type { Database, RoomDoc } from '@vcallpe/shared/db';
import type { Logger } from '../logger.ts';
import type { TransportSettings } from '../media/transports.ts';
import type { WorkerPool } from '../media/worker-pool.ts';
import { Room, type RoomInfo } from './room.ts';

export interface RegistryOptions {
  database: Database;
  workers: WorkerPool;
  transports: TransportSettings;
  log: Logger;
}

/** The rooms that run on this node. */
export class RoomRegistry {
  readonly #options: RegistryOptions;
  readonly #rooms = new Map<string, Room>();
  /** Single flight: two people who join an empty room at once make one room. */
  readonly #opening = new Map<string, Promise<Room>>();
  #closed = false;

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  get rooms(): ReadonlyMap<string, Room> {
    return this.#rooms;
  }

  /**
   * The running room, opened if need be.
   *
   * @throws {AppError} ROOM_NOT_FOUND when it was deleted; UNAVAILABLE when no worker is up or the node is closing.
   */
  async open(roomId: string): Promise<Room> {
    if (this.#closed) throw closing();
    const running = this.#rooms.get(roomId);
    if (running) return running;
    let opening = this.#opening.get(roomId);
    if (!opening) {
      opening = this.#create(roomId).finally(() => this.#opening.delete(roomId));
      this.#opening.set(roomId, opening);
    }
    return opening;
  }

  async #create(roomId: string): Promise<Room> {
    const { database, workers, transports, log } = this.#options;
    const doc = await database.rooms.findById(roomId).lean();
    if (!doc) throw new AppError('ROOM_NOT_FOUND', 'This room no longer exists');
    const worker = workers.leastLoaded();
    if (!worker) throw new AppError('UNAVAILABLE', 'The media server is restarting, try again in a moment');
    const room = await Room.create(roomInfo(doc), worker, {
      transports,
      log,
      onClosed: () => this.#rooms.delete(roomId),
    });
    if (this.#closed) {
      room.close('serverClosing');
      throw closing();
    }
    // A worker that died just now has closed the room already.
    if (!room.closed) this.#rooms.set(roomId, room);
    return room;
  }

  close(): void {
    this.#closed = true;
    for (const room of [...this.#rooms.values()]) room.close('serverClosing');
  }
}

export function roomInfo({ _id, code, name, settings }: RoomDoc): RoomInfo {
  return { id: _id.toHexString(), code, name, settings };
}

function closing(): AppError {
  return new AppError('UNAVAILABLE', 'The media server is shutting down');
}
