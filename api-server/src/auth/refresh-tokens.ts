/** Refresh tokens: `<sessionId>.<secret>`, where only the SHA-256 of the secret is ever stored. */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '@vcallpe/shared';

const SECRET_BYTES = 32;
const TOKEN = /^(?<sessionId>[0-9a-f]{24})\.(?<secret>[A-Za-z0-9_-]{43})$/;

export interface RefreshToken {
  sessionId: string;
  secret: string;
}

/** @throws TOKEN_INVALID when the text has not the form of a refresh token. */
export function parseRefreshToken(text: string): RefreshToken {
  const { sessionId, secret } = TOKEN.exec(text)?.groups ?? {};
  if (!sessionId || !secret)
    throw new AppError('TOKEN_INVALID', 'The refresh token is not valid. Sign in again');
  return { sessionId, secret };
}

export function formatRefreshToken({ sessionId, secret }: RefreshToken): string {
  return `${sessionId}.${secret}`;
}

export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** SHA-256 in hex. The secret is random, so a fast hash without salt is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * The secret that follows another, for a client that names its attempt with an Idempotency-Key. It is derived
 * rather than drawn, so that the repeat of an attempt whose answer was lost can be answered with the same
 * token although only its hash was stored. Without the server's key it is as unpredictable as a random one.
 */
export class SecretSuccession {
  readonly #key: Buffer;

  constructor(accessTokenSecret: string) {
    this.#key = Buffer.from(
      hkdfSync('sha256', accessTokenSecret, '', 'vcallpe refresh succession', SECRET_BYTES),
    );
  }

  successor({ sessionId, secret }: RefreshToken, idempotencyKey: string): string {
    const attempt = `${sessionId}.${hashSecret(secret)}.${idempotencyKey}`;
    return createHmac('sha256', this.#key).update(attempt).digest('base64url');
  }
}

/** What is stored of an attempt: which token it replaced, and under which Idempotency-Key. */
export function rotationKey(secret: string, idempotencyKey: string): string {
  return createHash('sha256')
    .update(`${hashSecret(secret)}.${idempotencyKey}`)
    .digest('hex');
}
