/** Passwords of rooms: kept as hashes, asked of everyone but the owner, and hard to guess. */
import { createHmac, randomBytes } from 'node:crypto';
import { AppError } from '@vcallpe/shared';
import type { RoomDoc } from '@vcallpe/shared/db';
import type { LoginGuard } from '../auth/login-guard.ts';
import type { Passwords } from '../auth/passwords.ts';

/** As many hashes are remembered to be right. */
const REMEMBERED = 1_000;

export class RoomPasswords {
  readonly #passwords: Passwords;
  readonly #guard: LoginGuard;
  /** A class of a hundred gives the same right password within a minute, and bcrypt is slow on purpose. */
  readonly #right = new Map<string, string>();
  readonly #key = randomBytes(32);

  constructor(passwords: Passwords, guard: LoginGuard) {
    this.#passwords = passwords;
    this.#guard = guard;
  }

  hash(password: string): Promise<string> {
    return this.#passwords.hash(password);
  }

  /**
   * @param address key of the caller's address: guesses are counted for it, and for the room
   * @throws PASSWORD_NEEDED, PASSWORD_WRONG, RATE_LIMITED
   */
  async check(room: RoomDoc, password: string | undefined, address: string): Promise<void> {
    const { passwordHash } = room;
    if (passwordHash === undefined) return;
    if (password === undefined) {
      throw new AppError('PASSWORD_NEEDED', 'This room has a password. Whoever invited you knows it');
    }
    const right = await this.#guard.attempt(
      `room ${room._id.toHexString()}`,
      address,
      async () => (await this.#verify(password, passwordHash)) || undefined,
    );
    if (!right) throw new AppError('PASSWORD_WRONG', 'This is not the password of this room. Try again');
  }

  async #verify(password: string, hash: string): Promise<boolean> {
    // Keyed, so that what is in memory can't be compared with a list of digests; and the limits above hold for this too.
    const digest = createHmac('sha256', this.#key).update(password).digest('base64');
    if (this.#right.get(hash) === digest) return true;
    if (!(await this.#passwords.verify(password, hash))) return false;
    if (this.#right.size >= REMEMBERED) this.#right.clear();
    this.#right.set(hash, digest);
    return true;
  }
}
