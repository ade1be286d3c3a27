/** What the API signs for who enters a room. Each token has its own audience, so none can stand for another. */
import type { KeyObject } from 'node:crypto';
import {
  AppError,
  GUEST_KEY_AUDIENCE,
  GuestKeyClaims,
  LIMITS,
  MEETING_TOKEN_AUDIENCE,
  MeetingTokenClaims,
  ROOM_TOKEN_AUDIENCE,
  ROOM_TOKEN_ISSUER,
  type RoomTokenClaims,
} from '@vcallpe/shared';
import jwt from 'jsonwebtoken';
import type { z } from 'zod';

type Claims = Omit<RoomTokenClaims, 'exp'>;

/**
 * What an SFU lets a browser in with, once, within a minute.
 *
 * @param key shared with the SFUs, unlike the one of access tokens.
 */
export function issueRoomToken(claims: Claims, key: KeyObject): string {
  return sign(claims, key, ROOM_TOKEN_AUDIENCE, LIMITS.roomTokenMs);
}

/** Opens what the API itself holds of a meeting. @param key the one of access tokens */
export function issueMeetingToken(claims: Claims, key: KeyObject): string {
  const { roomId, roomCode, participantId, displayName, role } = claims;
  return sign(
    { roomId, roomCode, participantId, displayName, role },
    key,
    MEETING_TOKEN_AUDIENCE,
    LIMITS.meetingTokenMs,
  );
}

/** @throws TOKEN_INVALID, TOKEN_EXPIRED */
export function verifyMeetingToken(token: string, key: KeyObject): MeetingTokenClaims {
  return verify(MeetingTokenClaims, token, key, MEETING_TOKEN_AUDIENCE);
}

/** Makes a guest who comes back the same person. @param key the one of access tokens */
export function issueGuestKey({ roomId, participantId }: Claims, key: KeyObject): string {
  return sign({ roomId, participantId }, key, GUEST_KEY_AUDIENCE, LIMITS.meetingTokenMs);
}

/** @returns undefined for a key of another room, or one that does not hold any more: its guest is simply a new one. */
export function guestOf(guestKey: string | undefined, roomId: string, key: KeyObject): string | undefined {
  if (guestKey === undefined) return undefined;
  try {
    const claims = verify(GuestKeyClaims, guestKey, key, GUEST_KEY_AUDIENCE);
    return claims.roomId === roomId ? claims.participantId : undefined;
  } catch {
    return undefined;
  }
}

function sign(claims: object, key: KeyObject, audience: string, lifeMs: number): string {
  return jwt.sign(claims, key, {
    algorithm: 'HS256',
    issuer: ROOM_TOKEN_ISSUER,
    audience,
    expiresIn: lifeMs / 1000,
  });
}

function verify<S extends z.ZodType>(
  schema: S,
  token: string,
  key: KeyObject,
  audience: string,
): z.output<S> {
  try {
    const options = { algorithms: ['HS256' as const], issuer: ROOM_TOKEN_ISSUER, audience };
    return schema.parse(jwt.verify(token, key, options));
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) {
      throw new AppError('TOKEN_EXPIRED', 'Join the meeting again', { cause: error });
    }
    throw new AppError('TOKEN_INVALID', 'This is not a token of a meeting', { cause: error });
  }
}
