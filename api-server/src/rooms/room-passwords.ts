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
  /** Hashes and digests that are being compared, and attempts from each address: a class sends the same one at once. */
  readonly #comparing = new Map<string, Promise<boolean>>();
  readonly #attempts = new Map<string, Promise<boolean>>();
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
    // Keyed, so that what is in memory can't be compared with a list of digests.
    const digest = createHmac('sha256', this.#key).update(password).digest('base64');
    // The same guess at the same time is one guess: or a class would use the limit up with right passwords under way.
    const right = await shared(this.#attempts, `${passwordHash} ${digest} ${address}`, async () => {
      const compare = async () => (await this.#compare(password, passwordHash, digest)) || undefined;
      return (await this.#guard.attempt(room._id.toHexString(), address, compare)) ?? false;
    });
    if (!right) throw new AppError('PASSWORD_WRONG', 'This is not the password of this room. Try again');
  }

  async #compare(password: string, hash: string, digest: string): Promise<boolean> {
    if (this.#right.get(hash) === digest) return true;
    const verify = () => this.#passwords.verify(password, hash);
    if (!(await shared(this.#comparing, `${hash} ${digest}`, verify))) return false;
    if (this.#right.size >= REMEMBERED) this.#right.clear();
    this.#right.set(hash, digest);
    return true;
  }
}

/** What is under way is waited for, and not begun again. */
function shared<T>(underWay: Map<string, Promise<T>>, key: string, begin: () => Promise<T>): Promise<T> {
  let going = underWay.get(key);
  if (!going) {
    going = begin().finally(() => underWay.delete(key));
    underWay.set(key, going);
  }
  return going;
}
