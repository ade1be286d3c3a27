import { z } from 'zod';
import { ObjectIdHex, ParticipantId, RoomCode } from './ids.ts';
import { DisplayName } from './rest/common.ts';
import { Role } from './roles.ts';

/** `iss` and `aud` of a room token: made by the API, meant for an SFU node. */
export const ROOM_TOKEN_ISSUER = 'vcallpe-api';
export const ROOM_TOKEN_AUDIENCE = 'vcallpe-sfu';

/**
 * Claims of the room token (HS256 JWT, lives `LIMITS.roomTokenMs`). It opens one socket, once:
 * the SFU keeps `joinId` until the token has expired and refuses it a second time.
 */
export const RoomTokenClaims = z.object({
  joinId: z.uuid(),
  roomId: ObjectIdHex,
  roomCode: RoomCode,
  participantId: ParticipantId,
  displayName: DisplayName,
  role: Role,
  exp: z.number().int(),
});
export type RoomTokenClaims = z.infer<typeof RoomTokenClaims>;

export const MEETING_TOKEN_AUDIENCE = 'vcallpe-meeting';

/** Claims of the meeting token, with which somebody in a meeting reaches what the API holds of it, guests too. */
export const MeetingTokenClaims = RoomTokenClaims.omit({ joinId: true });
export type MeetingTokenClaims = z.infer<typeof MeetingTokenClaims>;

export const GUEST_KEY_AUDIENCE = 'vcallpe-guest';

/** Claims of a guest's key: who they were in this room. */
export const GuestKeyClaims = RoomTokenClaims.pick({ roomId: true, participantId: true, exp: true });
export type GuestKeyClaims = z.infer<typeof GuestKeyClaims>;
