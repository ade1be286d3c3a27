/** Entering a room: decides who may, and makes the grant. */
import { createSecretKey, randomUUID, type KeyObject } from 'node:crypto';
import {
  AppError,
  LIMITS,
  type JoinGrant,
  type JoinRoomBody,
  type Role,
  type RoomTokenClaims,
} from '@vcallpe/shared';
import type { Database, RoomDoc } from '@vcallpe/shared/db';
import type { ApiConfig } from '../config.ts';
import { sfuUrlFor } from '../sfu-url.ts';
import { iceServersFor } from '../turn/ice-servers.ts';
import type { RoomPasswords } from './room-passwords.ts';
import { isOwner, toRoom, type RoomService } from './room-service.ts';
import { guestOf, issueGuestKey, issueMeetingToken, issueRoomToken } from './room-tokens.ts';

type Participant = Pick<RoomTokenClaims, 'participantId' | 'displayName' | 'role'>;

export class JoinService {
  readonly #rooms: RoomService;
  readonly #passwords: RoomPasswords;
  readonly #users: Database['users'];
  readonly #meetings: Database['meetings'];
  readonly #config: ApiConfig;
  readonly #ownKey: KeyObject;
  readonly #sfuKey: KeyObject;

  constructor(
    rooms: RoomService,
    passwords: RoomPasswords,
    { users, meetings }: Pick<Database, 'users' | 'meetings'>,
    config: ApiConfig,
  ) {
    this.#rooms = rooms;
    this.#passwords = passwords;
    this.#users = users;
    this.#meetings = meetings;
    this.#config = config;
    this.#ownKey = createSecretKey(config.accessTokenSecret, 'utf8');
    this.#sfuKey = createSecretKey(config.roomTokenSecret, 'utf8');
  }

  /**
   * @param userId undefined for a guest.
   * @param host how the browser reached us, which is where it finds the SFU unless SFU_URL says otherwise.
   * @param address key of the caller's address, for the limit on wrong passwords.
   * @throws ROOM_NOT_FOUND, GUESTS_NOT_ALLOWED, PASSWORD_NEEDED, PASSWORD_WRONG, RATE_LIMITED, VALIDATION_FAILED for a guest without a name
   */
  async join(
    code: string,
    userId: string | undefined,
    { displayName, asGuest, region, guestKey, password }: JoinRoomBody,
    host: { protocol: string; hostname: string },
    address: string,
  ): Promise<JoinGrant> {
    const room = await this.#rooms.find(code);
    const participant =
      userId && !asGuest
        ? await this.#member(room, userId, displayName)
        : guest(room, displayName, guestOf(guestKey, room._id.toHexString(), this.#ownKey));
    // The owner may come as one more guest, and still knows the password.
    const knows = isOwner(room, userId) || (await this.#wasIn(room, participant));
    if (!knows) await this.#passwords.check(room, password, address);
    const claims = {
      joinId: randomUUID(),
      roomId: room._id.toHexString(),
      roomCode: room.code,
      ...participant,
    };
    return {
      sfuUrl: sfuUrlFor(this.#config, host),
      roomToken: issueRoomToken(claims, this.#sfuKey),
      iceServers: iceServersFor(this.#config, participant.participantId, region),
      iceTtlSeconds: this.#config.turnServers.length > 0 ? this.#config.turnTtlSeconds : undefined,
      room: toRoom(room, userId),
      meetingToken: issueMeetingToken(claims, this.#ownKey),
      guestKey: participant.role === 'guest' ? issueGuestKey(claims, this.#ownKey) : undefined,
    };
  }

  /**
   * Who has been let in to the meeting that goes on gave the password when they came, and it may have changed meanwhile: a lost
   * connection must not put them out. Whom a host wants out is removed.
   */
  async #wasIn({ _id, passwordHash }: RoomDoc, { participantId }: Participant): Promise<boolean> {
    if (passwordHash === undefined) return false;
    const meeting = await this.#meetings
      .findOne({ roomId: _id, endedAt: { $exists: false } })
      .select('aliveAt removed attendances.participantId')
      .sort({ startedAt: -1 })
      .lean();
    if (!meeting || Date.now() - meeting.aliveAt.getTime() >= LIMITS.meetingResumesWithinMs) return false;
    const isOneOfThem = (stay: { participantId: string }) => stay.participantId === participantId;
    return meeting.attendances.some(isOneOfThem) && !meeting.removed.includes(participantId);
  }

  async #member(room: RoomDoc, userId: string, displayName: string | undefined): Promise<Participant> {
    const user = await this.#users.findById(userId).lean();
    if (!user) throw new AppError('TOKEN_INVALID', 'This account no longer exists');
    const role: Role = isOwner(room, userId) ? 'owner' : 'participant';
    return { participantId: `u:${userId}`, displayName: displayName ?? user.displayName, role };
  }
}

/** @param known who this guest was before */
function guest(room: RoomDoc, displayName: string | undefined, known: string | undefined): Participant {
  if (!room.settings.guestsAllowed) {
    throw new AppError('GUESTS_NOT_ALLOWED', 'This room is for people with an account. Sign in to join');
  }
  if (displayName === undefined) {
    const message = 'Tell the others your name';
    throw new AppError('VALIDATION_FAILED', message, { details: [{ path: 'displayName', message }] });
  }
  return { participantId: known ?? `g:${randomUUID()}`, displayName, role: 'guest' };
}
