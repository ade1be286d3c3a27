/** Room tokens: what an SFU lets a browser in with, once, within a minute. */
import { LIMITS, ROOM_TOKEN_AUDIENCE, ROOM_TOKEN_ISSUER, type RoomTokenClaims } from '@vcallpe/shared';
import jwt from 'jsonwebtoken';

/** @param secret shared with the SFUs, unlike the one of access tokens. */
export function issueRoomToken(claims: Omit<RoomTokenClaims, 'exp'>, secret: string): string {
  return jwt.sign(claims, secret, {
    algorithm: 'HS256',
    issuer: ROOM_TOKEN_ISSUER,
    audience: ROOM_TOKEN_AUDIENCE,
    expiresIn: LIMITS.roomTokenMs / 1000,
  });
}
