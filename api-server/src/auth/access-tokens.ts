/** Access tokens: short-lived JWTs that name an account and the session they belong to. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { AppError, LIMITS, ObjectIdHex } from '@vcallpe/shared';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

/** `iss` and `aud`. The audience differs from the room token's, so that neither passes for the other. */
const ISSUER = 'vcallpe-api';
const AUDIENCE = 'vcallpe-api';

const Claims = z.object({ sub: ObjectIdHex, sid: ObjectIdHex });

/** An account that has signed in, as its access token names it. */
export interface Account {
  userId: string;
  sessionId: string;
}

export class AccessTokens {
  readonly #key: KeyObject;

  constructor(secret: string) {
    this.#key = createSecretKey(secret, 'utf8');
  }

  /** `expiresAt` is Unix time in ms. */
  issue({ userId, sessionId }: Account): { accessToken: string; expiresAt: number } {
    // JWTs count whole seconds; rounding down keeps the two in agreement.
    const exp = Math.floor((Date.now() + LIMITS.accessTokenMs) / 1000);
    const accessToken = jwt.sign({ sid: sessionId, exp }, this.#key, {
      algorithm: 'HS256',
      issuer: ISSUER,
      audience: AUDIENCE,
      subject: userId,
    });
    return { accessToken, expiresAt: exp * 1000 };
  }

  /** @throws TOKEN_EXPIRED or TOKEN_INVALID. Whether the session still exists is asked elsewhere. */
  verify(token: string): Account {
    let payload: unknown;
    try {
      payload = jwt.verify(token, this.#key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
      });
    } catch (cause) {
      // The library checks the signature first: a forged token is never called expired.
      if (cause instanceof jwt.TokenExpiredError) {
        throw new AppError('TOKEN_EXPIRED', 'The access token has expired. Refresh it', { cause });
      }
      throw new AppError('TOKEN_INVALID', 'The access token is not valid. Sign in again', { cause });
    }
    const claims = Claims.safeParse(payload);
    if (!claims.success) throw new AppError('TOKEN_INVALID', 'The access token is not valid. Sign in again');
    return { userId: claims.data.sub, sessionId: claims.data.sid };
  }
}
