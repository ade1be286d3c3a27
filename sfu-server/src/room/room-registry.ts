import { setTimeout as delay } from 'node:timers/promises';
import { AppError, DEFAULT_ROOM_SETTINGS } from '@vcallpe/shared';
import type { Database, RoomDoc } from '@vcallpe/shared/db';
import type { MediaWorker } from '../media/media-worker.ts';
import type { Meetings } from './meetings.ts';
import { Room, type RoomInfo, type RoomOptions } from './room.ts';

/** Peers that are moved off a worker at a time, and the pause in between, ms: a whole room at once would be a storm. */
const MOVED_AT_ONCE = 10;
const MOVE_PAUSE_MS = 250;

export interface RegistryOptions extends Omit<RoomOptions, 'onClosed' | 'meeting' | 'nextMeeting'> {
  database: Database;
  meetings: Meetings;
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
    options.workers.on('draining', (worker) => void this.#empty(worker));
  }

  get rooms(): ReadonlyMap<string, Room> {
    return this.#rooms;
  }

  /**
   * The running room, opened if need be.
   *
   * @throws {AppError} ROOM_NOT_FOUND when it was deleted; UNAVAILABLE when the node is closing.
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
    const { database, meetings, ...options } = this.#options;
    const doc = await database.rooms.findById(roomId).lean();
    if (!doc) throw new AppError('ROOM_NOT_FOUND', 'This room no longer exists');
    const meeting = await meetings.current(roomId);
    if (this.#closed) throw closing();
    const room = new Room(roomInfo(doc), {
      ...options,
      meeting,
      nextMeeting: () => meetings.next(roomId),
      onClosed: () => {
        if (this.#rooms.get(roomId) === room) this.#rooms.delete(roomId);
      },
    });
    this.#rooms.set(roomId, room);
    return room;
  }

  /** Moves everyone off a worker that drains, some at a time. */
  async #empty(worker: MediaWorker): Promise<void> {
    while (!this.#closed && worker.draining && !worker.worker.closed) {
      let allowed = MOVED_AT_ONCE;
      for (const room of [...this.#rooms.values()]) {
        const home = room.mesh.routers.get(worker);
        if (home && allowed > 0) allowed -= room.moveAway(home, 'workerDrained', allowed);
      }
      // Those who were just coming in when it began to drain are found in a later round.
      if (allowed === MOVED_AT_ONCE && worker.peers === 0) return;
      await delay(MOVE_PAUSE_MS);
    }
  }

  close(): void {
    this.#closed = true;
    for (const room of [...this.#rooms.values()]) room.close('serverClosing');
  }
}

export function roomInfo({ _id, code, name, settings }: RoomDoc): RoomInfo {
  // A room that is older than a setting has it as it was before.
  return { id: _id.toHexString(), code, name, settings: { ...DEFAULT_ROOM_SETTINGS, ...settings } };
}

function closing(): AppError {
  return new AppError('UNAVAILABLE', 'The media server is shutting down');
}
