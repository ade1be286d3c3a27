import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { DisplayName, RoomName } from './common.ts';

export const RoomSettings = z.strictObject({
  /** Whether people without an account may join. */
  guestsAllowed: z.boolean(),
  maxParticipants: z.number().int().min(2).max(LIMITS.participantsPerRoom),
  /** Whoever is neither owner nor host waits until one of them lets them in. */
  lobby: z.boolean(),
  /** Without it the meeting begins when its owner or a host is there. */
  joinBeforeHost: z.boolean(),
  /** New people come as viewers, as to a lecture; hosts make participants of them. */
  joinAsViewer: z.boolean(),
});
export type RoomSettings = z.infer<typeof RoomSettings>;

export const DEFAULT_ROOM_SETTINGS: RoomSettings = {
  guestsAllowed: true,
  maxParticipants: LIMITS.participantsPerRoomDefault,
  lobby: false,
  joinBeforeHost: true,
  joinAsViewer: false,
};

/** Asked of everyone but the owner. It is kept as a hash, and never told again. */
export const RoomPassword = z
  .string()
  .min(1, 'A password can’t be empty')
  .max(LIMITS.roomPasswordMax, `A password can have at most ${LIMITS.roomPasswordMax} characters`);

/** A room as anyone who knows its code may see it. */
export const Room = z.object({
  code: z.string(),
  name: z.string(),
  settings: RoomSettings,
  hasPassword: z.boolean(),
  /** Whether the room belongs to whoever asks. */
  isOwner: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type Room = z.infer<typeof Room>;

export const RoomList = z.object({ rooms: z.array(Room) });
export type RoomList = z.infer<typeof RoomList>;

export const CreateRoomBody = z.strictObject({
  name: RoomName,
  settings: RoomSettings.partial().optional(),
  password: RoomPassword.optional(),
});
export type CreateRoomBody = z.input<typeof CreateRoomBody>;

export const UpdateRoomBody = z
  .strictObject({
    name: RoomName.optional(),
    settings: RoomSettings.partial().optional(),
    /** null takes it away. */
    password: RoomPassword.nullable().optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), 'Nothing to change');
export type UpdateRoomBody = z.input<typeof UpdateRoomBody>;

/** Where a server stands, as the operator calls it. */
export const Region = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/, 'must be a lower-case label such as eu or us-east');

export const JoinRoomBody = z.strictObject({
  /** Needed from a guest; an account uses its own unless it gives another for this meeting. */
  displayName: DisplayName.optional(),
  /** Signed in, but to be there as one more guest: an account is in a room once, a load test many times. */
  asGuest: z.boolean().optional(),
  /** TURN servers of this region are to come first. Without it the API may know from a header, see docs/turn.md. */
  region: Region.optional(),
  password: RoomPassword.optional(),
  /** From an earlier grant of a guest: the same person as then, and not another guest. */
  guestKey: z.string().max(1024).optional(),
});
export type JoinRoomBody = z.input<typeof JoinRoomBody>;

export const IceServer = z.object({
  urls: z.union([z.string(), z.array(z.string())]),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.infer<typeof IceServer>;

/** What a browser needs to enter: where, with what token, and through which ICE servers. */
export const JoinGrant = z.object({
  sfuUrl: z.url(),
  roomToken: z.string(),
  iceServers: z.array(IceServer),
  /** For how long from now their credentials are good, s; undefined where none of them expires. */
  iceTtlSeconds: z.number().positive().optional(),
  room: Room,
  /** Opens what the API holds of this meeting (files) to this person, for a day. */
  meetingToken: z.string(),
  /** For guests: brought along with the next `join`, it makes them the same person. */
  guestKey: z.string().optional(),
});
export type JoinGrant = z.infer<typeof JoinGrant>;
