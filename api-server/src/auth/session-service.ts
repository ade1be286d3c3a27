/** Sessions: one per sign-in and device, kept alive by rotating its refresh token. */
import { randomBytes } from 'node:crypto';
import { AppError, LIMITS } from '@vcallpe/shared';
import type { Database, SessionDoc } from '@vcallpe/shared/db';
import { Types } from 'mongoose';
import type { Account } from './access-tokens.ts';
import {
  hashSecret,
  newSecret,
  rotationKey,
  type RefreshToken,
  type SecretSuccession,
} from './refresh-tokens.ts';

/** Beyond this many devices the one that signed in longest ago is signed out. */
const SESSIONS_PER_USER = 20;

const expiry = () => new Date(Date.now() + LIMITS.refreshTokenMs);
const ended = () => new AppError('TOKEN_INVALID', 'This session has ended. Sign in again');

export class SessionService {
  readonly #sessions: Database['sessions'];
  readonly #succession: SecretSuccession;

  constructor(sessions: Database['sessions'], succession: SecretSuccession) {
    this.#sessions = sessions;
    this.#succession = succession;
  }

  async open(userId: Types.ObjectId): Promise<RefreshToken> {
    const secret = newSecret();
    // A wrong secret ends the session it names (see `rotate`), so its id must not be guessable, as the usual
    // ObjectId made of a clock and a counter is.
    const _id = new Types.ObjectId(randomBytes(12));
    await this.#sessions.create({ _id, userId, tokenHash: hashSecret(secret), expiresAt: expiry() });

    const surplus = await this.#sessions
      .find({ userId }, { _id: 1 })
      .sort({ createdAt: -1 })
      .skip(SESSIONS_PER_USER)
      .lean();
    if (surplus.length > 0)
      await this.#sessions.deleteMany({ _id: { $in: surplus.map(({ _id: id }) => id) } });
    return { sessionId: _id.toHexString(), secret };
  }

  /**
   * Exchanges a refresh token for its successor. One atomic update decides who wins: of two parallel
   * exchanges of the same token the second finds it used, and ends the session for both, since the server
   * cannot tell a thief from the owner. The exception is the repeat of an attempt under the same
   * Idempotency-Key while its successor is the current token, which gets that successor again.
   * @throws TOKEN_INVALID when the session has ended, TOKEN_REUSED when the token was used before.
   */
  async rotate(
    token: RefreshToken,
    idempotencyKey: string | undefined,
  ): Promise<{ userId: Types.ObjectId; token: RefreshToken }> {
    const secret = idempotencyKey ? this.#succession.successor(token, idempotencyKey) : newSecret();
    const attempt = idempotencyKey ? rotationKey(token.secret, idempotencyKey) : undefined;
    const next = { sessionId: token.sessionId, secret };

    const rotated = await this.#sessions
      .findOneAndUpdate(
        { _id: token.sessionId, tokenHash: hashSecret(token.secret), expiresAt: { $gt: new Date() } },
        {
          $set: {
            tokenHash: hashSecret(secret),
            expiresAt: expiry(),
            ...(attempt && { rotationKey: attempt }),
          },
          ...(!attempt && { $unset: { rotationKey: 1 } }),
        },
      )
      .lean();
    if (rotated) return { userId: rotated.userId, token: next };

    const session = await this.#live({ _id: token.sessionId });
    if (!session) throw ended();
    // Each rotation replaces rotationKey, so a match also means that its successor is still the current token.
    if (attempt && session.rotationKey === attempt) return { userId: session.userId, token: next };
    await this.#sessions.deleteOne({ _id: token.sessionId });
    throw new AppError(
      'TOKEN_REUSED',
      'This refresh token was used before, so its session has ended. Sign in again',
    );
  }

  /** One indexed read, so that signing out takes effect at once. @throws TOKEN_INVALID */
  async confirm({ userId, sessionId }: Account): Promise<void> {
    if (!(await this.#live({ _id: sessionId, userId }))) throw ended();
  }

  async end(sessionId: string): Promise<void> {
    await this.#sessions.deleteOne({ _id: sessionId });
  }

  /** @param keep the session that stays. */
  async endAll(userId: string, keep?: string): Promise<void> {
    await this.#sessions.deleteMany({ userId, ...(keep && { _id: { $ne: keep } }) });
  }

  /** The TTL index removes sessions some time after they expired; until then they only look alive. */
  #live(filter: { _id: string; userId?: string }): Promise<SessionDoc | null> {
    return this.#sessions
      .findOne({ ...filter, expiresAt: { $gt: new Date() } })
      .lean()
      .exec();
  }
}
