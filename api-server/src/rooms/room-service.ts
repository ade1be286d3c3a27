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
import { deleteRooms, isDuplicateKey, type Database, type RoomDoc } from '@vcallpe/shared/db';
import type { RoomPasswords } from './room-passwords.ts';

/** What is stored of a new room, besides what every room has. */
type NewRoom = Pick<RoomDoc, 'name' | 'settings'> & { ownerId: string; passwordHash?: string };

/** With a million rooms one draw in 7,000 is taken, so five in a row mean that something else is wrong. */
const CODE_DRAWS = 5;

export class RoomService {
  readonly #rooms: Database['rooms'];
  readonly #users: Database['users'];
  readonly #database: Database;
  readonly #passwords: RoomPasswords;

  constructor(database: Database, passwords: RoomPasswords) {
    this.#passwords = passwords;
    this.#database = database;
    this.#rooms = database.rooms;
    this.#users = database.users;
  }

  /** @throws LIMIT_REACHED */
  async create(ownerId: string, { name, settings, password }: CreateRoomBody): Promise<Room> {
    const room = await this.#insert({
      ownerId,
      name,
      settings: { ...DEFAULT_ROOM_SETTINGS, ...settings },
      ...(password !== undefined && { passwordHash: await this.#passwords.hash(password) }),
    });
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
  async update(
    ownerId: string,
    code: string,
    { name, settings = {}, password }: UpdateRoomBody,
  ): Promise<Room> {
    await this.findOwned(ownerId, code);
    const passwordHash = typeof password === 'string' ? await this.#passwords.hash(password) : undefined;
    // Each setting by its own path, so that parallel changes of different settings both hold.
    const change = Object.fromEntries(
      Object.entries(settings).map(([setting, value]) => [`settings.${setting}`, value]),
    );
    const room = await this.#rooms
      .findOneAndUpdate(
        { code, ownerId },
        {
          $set: { ...change, ...(name && { name }), ...(passwordHash && { passwordHash }) },
          ...(password === null && { $unset: { passwordHash: true } }),
        },
        { returnDocument: 'after' },
      )
      .lean();
    if (!room) throw roomNotFound();
    return toRoom(room, ownerId);
  }

  /** With all that was said in it. The SFU notices and ends the meeting. @throws ROOM_NOT_FOUND, FORBIDDEN */
  async delete(ownerId: string, code: string): Promise<void> {
    const { _id } = await this.findOwned(ownerId, code);
    await deleteRooms(this.#database, { _id });
  }

  /** @throws ROOM_NOT_FOUND, FORBIDDEN */
  async findOwned(ownerId: string, code: string): Promise<RoomDoc> {
    const room = await this.find(code);
    if (!isOwner(room, ownerId)) throw new AppError('FORBIDDEN', 'This is for the owner of the room');
    return room;
  }

  async #insert(fields: NewRoom): Promise<RoomDoc> {
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
    // Rooms of before a setting existed have it as it is by default.
    settings: { ...DEFAULT_ROOM_SETTINGS, ...room.settings },
    hasPassword: room.passwordHash !== undefined,
    isOwner: isOwner(room, userId),
    createdAt: room.createdAt.toISOString(),
  };
}
