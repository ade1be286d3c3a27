/** The API speaks for an admin with a token of its own: the secret of room tokens, another audience, half a minute. */
import type { IncomingMessage } from 'node:http';
import { AppError, ObjectIdHex, ROOM_TOKEN_ISSUER, SFU_ADMIN_AUDIENCE } from '@vcallpe/shared';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

const Claims = z.object({ sub: ObjectIdHex, exp: z.number() });

/** Older tokens are refused even when they say that they live longer. */
const MAX_AGE = '30s';

/**
 * The user who asks.
 * @throws {AppError} TOKEN_EXPIRED; TOKEN_INVALID also for what is signed rightly but meant for something else, such as a room token.
 */
export function adminOf(req: IncomingMessage, secret: string): string {
  const token = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
  try {
    const payload = jwt.verify(token, secret, {
      algorithms: ['HS256'],
      issuer: ROOM_TOKEN_ISSUER,
      audience: SFU_ADMIN_AUDIENCE,
      maxAge: MAX_AGE,
    });
    return Claims.parse(payload).sub;
  } catch (cause) {
    if (cause instanceof jwt.TokenExpiredError) {
      throw new AppError('TOKEN_EXPIRED', 'This token has expired', { cause });
    }
    throw new AppError('TOKEN_INVALID', 'This token is not valid here', { cause });
  }
}
