/** What the API signs for who enters a room. Each token has its own audience, so none can stand for another. */
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
 * @param secret shared with the SFUs, unlike the one of access tokens.
 */
export function issueRoomToken(claims: Claims, secret: string): string {
  return sign(claims, secret, ROOM_TOKEN_AUDIENCE, LIMITS.roomTokenMs);
}

/** Opens what the API itself holds of a meeting. @param secret the one of access tokens */
export function issueMeetingToken(claims: Claims, secret: string): string {
  const { roomId, roomCode, participantId, displayName, role } = claims;
  return sign(
    { roomId, roomCode, participantId, displayName, role },
    secret,
    MEETING_TOKEN_AUDIENCE,
    LIMITS.meetingTokenMs,
  );
}

/** @throws TOKEN_INVALID, TOKEN_EXPIRED */
export function verifyMeetingToken(token: string, secret: string): MeetingTokenClaims {
  return verify(MeetingTokenClaims, token, secret, MEETING_TOKEN_AUDIENCE);
}

/** Makes a guest who comes back the same person. @param secret the one of access tokens */
export function issueGuestKey({ roomId, participantId }: Claims, secret: string): string {
  return sign({ roomId, participantId }, secret, GUEST_KEY_AUDIENCE, LIMITS.meetingTokenMs);
}

/** @returns undefined for a key of another room, or one that does not hold any more: its guest is simply a new one. */
export function guestOf(key: string | undefined, roomId: string, secret: string): string | undefined {
  if (key === undefined) return undefined;
  try {
    const claims = verify(GuestKeyClaims, key, secret, GUEST_KEY_AUDIENCE);
    return claims.roomId === roomId ? claims.participantId : undefined;
  } catch {
    return undefined;
  }
}

function sign(claims: object, secret: string, audience: string, lifeMs: number): string {
  return jwt.sign(claims, secret, {
    algorithm: 'HS256',
    issuer: ROOM_TOKEN_ISSUER,
    audience,
    expiresIn: lifeMs / 1000,
  });
}

function verify<S extends z.ZodType>(
  schema: S,
  token: string,
  secret: string,
  audience: string,
): z.output<S> {
  try {
    const options = { algorithms: ['HS256' as const], issuer: ROOM_TOKEN_ISSUER, audience };
    return schema.parse(jwt.verify(token, secret, options));
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) {
      throw new AppError('TOKEN_EXPIRED', 'Join the meeting again', { cause: error });
    }
    throw new AppError('TOKEN_INVALID', 'This is not a token of a meeting', { cause: error });
  }
}
