/** Signing up, in, and staying signed in. */
import { AppError, type LoginBody, type RegisterBody, type SessionResponse } from '@vcallpe/shared';
import { isDuplicateKey, type Database, type UserDoc } from '@vcallpe/shared/db';
import type { AccessTokens } from './access-tokens.ts';
import type { LoginGuard } from './login-guard.ts';
import type { Passwords } from './passwords.ts';
import { parseRefreshToken, type RefreshToken } from './refresh-tokens.ts';
import type { SessionService } from './session-service.ts';
import { toUser } from './user-view.ts';

/** The answer, and the refresh token that goes into the cookie beside it. */
export interface SignedIn {
  response: SessionResponse;
  refreshToken: RefreshToken;
}

const emailTaken = () =>
  new AppError('EMAIL_TAKEN', 'There is already an account with this email address. Sign in instead');

/** One error for an unknown account and for a wrong password, or it would tell who has an account. */
export const invalidCredentials = () =>
  new AppError('INVALID_CREDENTIALS', 'The email address or the password is wrong');

interface Parts {
  users: Database['users'];
  sessions: SessionService;
  passwords: Passwords;
  accessTokens: AccessTokens;
  guard: LoginGuard;
}

export class AuthService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws EMAIL_TAKEN */
  async register({ email, password, displayName }: RegisterBody): Promise<SignedIn> {
    const { users, passwords } = this.#parts;
    // Spares the hash. The unique index is what decides, below.
    if (await users.exists({ email })) throw emailTaken();
    const passwordHash = await passwords.hash(password);
    try {
      const user = await users.create({ email, displayName, passwordHash });
      return await this.#signIn(user);
    } catch (error) {
      throw isDuplicateKey(error) ? emailTaken() : error;
    }
  }

  /**
   * @param address key of the caller's address, for the limit on wrong passwords.
   * @throws INVALID_CREDENTIALS, RATE_LIMITED
   */
  async login({ email, password }: LoginBody, address: string): Promise<SignedIn> {
    const { users, guard } = this.#parts;
    const user = await guard.attempt(email, address, () => this.#findByPassword(email, password));
    if (!user) throw invalidCredentials();
    const signedIn = await this.#signIn(user);
    // The password may have been changed, or the account deleted, while it was being checked, and the
    // sign-out that goes with that missed the session just opened.
    if (!(await users.exists({ _id: user._id, passwordHash: user.passwordHash }))) {
      await this.#parts.sessions.end(signedIn.refreshToken.sessionId);
      throw invalidCredentials();
    }
    return signedIn;
  }

  /**
   * @param cookie the refresh token as it was presented.
   * @param idempotencyKey names the attempt, so that it can be repeated when its answer was lost.
   * @throws TOKEN_INVALID, TOKEN_REUSED
   */
  async refresh(cookie: string, idempotencyKey: string | undefined): Promise<SignedIn> {
    const { sessions, users } = this.#parts;
    const { userId, token } = await sessions.rotate(parseRefreshToken(cookie), idempotencyKey);
    const user = await users.findById(userId).lean();
    if (!user) throw new AppError('TOKEN_INVALID', 'This account no longer exists');
    return this.#signedIn(user, token);
  }

  /**
   * Ends the session that a refresh token names, also when the token was used before: presenting that again
   * would end the session too. Repeating it changes nothing, so a lost answer does no harm.
   */
  async logout(cookie: string): Promise<void> {
    await this.#parts.sessions.end(parseRefreshToken(cookie).sessionId);
  }

  async #findByPassword(email: string, password: string): Promise<UserDoc | undefined> {
    const user = await this.#parts.users.findOne({ email }).lean();
    const matches = await this.#parts.passwords.verify(password, user?.passwordHash);
    return user && matches ? user : undefined;
  }

  async #signIn(user: UserDoc): Promise<SignedIn> {
    return this.#signedIn(user, await this.#parts.sessions.open(user._id));
  }

  #signedIn(user: UserDoc, refreshToken: RefreshToken): SignedIn {
    const account = { userId: user._id.toHexString(), sessionId: refreshToken.sessionId };
    return { response: { ...this.#parts.accessTokens.issue(account), user: toUser(user) }, refreshToken };
  }
}
