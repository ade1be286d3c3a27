/** The door: who may open a socket. */
import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import {
  AppError,
  Handshake,
  PROTOCOL_VERSION,
  ROOM_TOKEN_AUDIENCE,
  ROOM_TOKEN_ISSUER,
  RoomTokenClaims,
} from '@vcallpe/shared';
import { isDuplicateKey, type Database } from '@vcallpe/shared/db';

/**
 * Reads what a socket brings.
 *
 * @throws {AppError} VALIDATION_FAILED or PROTOCOL_VERSION.
 */
export function readHandshake(auth: unknown): Handshake {
  const handshake = Handshake.safeParse(auth);
  if (!handshake.success) {
    throw new AppError(
      'VALIDATION_FAILED',
      'The handshake needs a token or a resumeKey, and a protocolVersion',
    );
  }
  if (handshake.data.protocolVersion !== PROTOCOL_VERSION) {
    throw new AppError('PROTOCOL_VERSION', 'This page is from another version of VCallPe: reload it', {
      details: { server: PROTOCOL_VERSION, client: handshake.data.protocolVersion },
    });
  }
  return handshake.data;
}

/**
 * Verifies a room token and uses it up: a second socket with the same token is refused, on
 * this node, on another, and after a restart, because the database remembers until the token has expired.
 *
 * @throws {AppError} TOKEN_EXPIRED, TOKEN_INVALID or TOKEN_REUSED.
 */
export async function admit(token: string, key: KeyObject, database: Database): Promise<RoomTokenClaims> {
  const claims = verify(token, key);
  try {
    await database.usedGrants.create({ _id: claims.joinId, expiresAt: new Date(claims.exp * 1000) });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    throw new AppError('TOKEN_REUSED', 'This room token was used before: ask for a new one');
  }
  return claims;
}

function verify(token: string, key: KeyObject): RoomTokenClaims {
  try {
    const payload = jwt.verify(token, key, {
      algorithms: ['HS256'],
      issuer: ROOM_TOKEN_ISSUER,
      audience: ROOM_TOKEN_AUDIENCE,
    });
    return RoomTokenClaims.parse(payload);
  } catch (error) {
    if (error instanceof jwt.TokenExpiredError) {
      throw new AppError('TOKEN_EXPIRED', 'This room token has expired: ask for a new one');
    }
    throw new AppError('TOKEN_INVALID', 'This room token is not valid', { cause: error });
  }
}
