/** Rooms: who owns them, what they are called, what they allow. */
import { randomInt } from 'node:crypto';
import {
  AppError,
  DEFAULT_ROOM_SETTINGS,
  LIMITS,
  makeRoomCode,
  type CreateRoomBody,
  type Room,
  type UpdateRoomBody,
} from '@vcallpe/shared';
import { isDuplicateKey, type Database, type RoomDoc } from '@vcallpe/shared/db';

/** With a million rooms one draw in 7,000 is taken, so five in a row mean that something else is wrong. */
const CODE_DRAWS = 5;

export class RoomService {
  readonly #rooms: Database['rooms'];
  readonly #users: Database['users'];

  constructor({ rooms, users }: Pick<Database, 'rooms' | 'users'>) {
    this.#rooms = rooms;
    this.#users = users;
  }

  /** @throws LIMIT_REACHED */
  async create(ownerId: string, { name, settings }: CreateRoomBody): Promise<Room> {
    const room = await this.#insert({ ownerId, name, settings: { ...DEFAULT_ROOM_SETTINGS, ...settings } });
    // Looked at after the insert: before it, parallel requests would all see room for one more, and an account
    // being deleted could leave this room behind.
    const [count, owner] = await Promise.all([
      this.#rooms.countDocuments({ ownerId }),
      this.#users.exists({ _id: ownerId }),
    ]);
    if (owner && count <= LIMITS.roomsPerUser) return toRoom(room, ownerId);
    await this.#rooms.deleteOne({ _id: room._id });
    if (!owner) throw new AppError('TOKEN_INVALID', 'This account no longer exists');
    throw new AppError(
      'LIMIT_REACHED',
      `An account can have ${LIMITS.roomsPerUser} rooms. Delete one that you no longer need`,
    );
  }

  /** Newest first. */
  async listOf(ownerId: string): Promise<Room[]> {
    const rooms = await this.#rooms.find({ ownerId }).sort({ createdAt: -1, _id: -1 }).lean();
    return rooms.map((room) => toRoom(room, ownerId));
  }

  /** @throws ROOM_NOT_FOUND */
  async find(code: string): Promise<RoomDoc> {
    const room = await this.#rooms.findOne({ code }).lean();
    if (!room) throw roomNotFound();
    return room;
  }

  /** @throws ROOM_NOT_FOUND, FORBIDDEN */
  async update(ownerId: string, code: string, { name, settings = {} }: UpdateRoomBody): Promise<Room> {
    await this.#findOwned(ownerId, code);
    // Each setting by its own path, so that parallel changes of different settings both hold.
    const change = Object.fromEntries(
      Object.entries(settings).map(([setting, value]) => [`settings.${setting}`, value]),
    );
    const room = await this.#rooms
      .findOneAndUpdate(
        { code, ownerId },
        { $set: { ...change, ...(name && { name }) } },
        { returnDocument: 'after' },
      )
      .lean();
    if (!room) throw roomNotFound();
    return toRoom(room, ownerId);
  }

  /** The SFU notices and ends the meeting. @throws ROOM_NOT_FOUND, FORBIDDEN */
  async delete(ownerId: string, code: string): Promise<void> {
    await this.#findOwned(ownerId, code);
    await this.#rooms.deleteOne({ code, ownerId });
  }

  async #findOwned(ownerId: string, code: string): Promise<void> {
    const room = await this.find(code);
    if (!isOwner(room, ownerId)) throw new AppError('FORBIDDEN', 'Only the owner of a room can change it');
  }

  async #insert(fields: { ownerId: string; name: string; settings: RoomDoc['settings'] }): Promise<RoomDoc> {
    for (let draw = 1; ; draw += 1) {
      try {
        const room = await this.#rooms.create({ ...fields, code: makeRoomCode((max) => randomInt(max)) });
        return room.toObject();
      } catch (error) {
        if (!isDuplicateKey(error) || draw === CODE_DRAWS) throw error;
      }
    }
  }
}

const roomNotFound = () => new AppError('ROOM_NOT_FOUND', 'There is no room with this code. Check the link');

export function isOwner(room: RoomDoc, userId: string | undefined): boolean {
  return room.ownerId.toHexString() === userId;
}

/** @param userId of whoever asks; undefined for a guest. */
export function toRoom(room: RoomDoc, userId: string | undefined): Room {
  return {
    code: room.code,
    name: room.name,
    settings: {
      guestsAllowed: room.settings.guestsAllowed,
      maxParticipants: room.settings.maxParticipants,
    },
    isOwner: isOwner(room, userId),
    createdAt: room.createdAt.toISOString(),
  };
}
