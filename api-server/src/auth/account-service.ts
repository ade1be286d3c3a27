/** The signed-in account: reading, changing and deleting it. */
import { AppError, type UpdateMeBody, type User } from '@vcallpe/shared';
import { deleteRooms, type Database, type UserDoc } from '@vcallpe/shared/db';
import type { Account } from './access-tokens.ts';
import { invalidCredentials } from './auth-service.ts';
import type { LoginGuard } from './login-guard.ts';
import type { Passwords } from './passwords.ts';
import type { SessionService } from './session-service.ts';
import { toUser } from './user-view.ts';

interface Parts {
  database: Database;
  sessions: SessionService;
  passwords: Passwords;
  guard: LoginGuard;
}

export class AccountService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws TOKEN_INVALID when the account was deleted a moment ago. */
  async get({ userId }: Account): Promise<User> {
    return toUser(await this.#find(userId));
  }

  /** One indexed read for each request, so that a revoked admin is none at once. @throws FORBIDDEN */
  async confirmAdmin({ userId }: Account): Promise<void> {
    if (await this.#parts.database.users.exists({ _id: userId, isAdmin: true })) return;
    throw new AppError('FORBIDDEN', 'This is for admins. Whoever runs this server can make your account one');
  }

  /**
   * A new password signs every other session out.
   * @param address key of the caller's address, for the limit on wrong passwords.
   * @throws INVALID_CREDENTIALS, RATE_LIMITED
   */
  async update(
    { userId, sessionId }: Account,
    { displayName, currentPassword, newPassword }: UpdateMeBody,
    address: string,
  ): Promise<User> {
    if (currentPassword === undefined || newPassword === undefined) {
      return this.#set(userId, { displayName });
    }
    const user = await this.#find(userId);
    await this.#checkPassword(user, currentPassword, address);
    const passwordHash = await this.#parts.passwords.hash(newPassword);
    // Sign the others out on both sides of the change: killed in between, the server leaves either the old
    // password or the new one, and in neither case a thief who is still signed in. The second time ends what
    // was opened meanwhile with the old password.
    await this.#parts.sessions.endAll(userId, sessionId);
    const changed = await this.#set(userId, { displayName, passwordHash });
    await this.#parts.sessions.endAll(userId, sessionId);
    return changed;
  }

  /**
   * Belongings go before the account: killed halfway, the server leaves an account whose owner can sign in and
   * delete it again, never a room that nobody can delete. They go once more after it, for what a request
   * still under way made of it meanwhile.
   * @throws INVALID_CREDENTIALS, RATE_LIMITED
   */
  async delete({ userId }: Account, password: string, address: string): Promise<void> {
    await this.#checkPassword(await this.#find(userId), password, address);
    await this.#deleteBelongings(userId);
    await this.#parts.database.users.deleteOne({ _id: userId });
    await this.#deleteBelongings(userId);
  }

  async #deleteBelongings(userId: string): Promise<void> {
    await this.#parts.sessions.endAll(userId);
    await deleteRooms(this.#parts.database, { ownerId: userId });
  }

  async #checkPassword({ email, passwordHash }: UserDoc, password: string, address: string): Promise<void> {
    const { guard, passwords } = this.#parts;
    const right = await guard.attempt(
      email,
      address,
      async () => (await passwords.verify(password, passwordHash)) || undefined,
    );
    if (!right) throw invalidCredentials();
  }

  async #find(userId: string): Promise<UserDoc> {
    return existing(await this.#parts.database.users.findById(userId).lean());
  }

  /** Fields that are undefined stay as they are. */
  async #set(userId: string, change: Partial<Pick<UserDoc, 'displayName' | 'passwordHash'>>): Promise<User> {
    const user = await this.#parts.database.users
      .findByIdAndUpdate(userId, { $set: change }, { returnDocument: 'after' })
      .lean();
    return toUser(existing(user));
  }
}

function existing(user: UserDoc | null): UserDoc {
  if (!user) throw new AppError('TOKEN_INVALID', 'This account no longer exists');
  return user;
}
