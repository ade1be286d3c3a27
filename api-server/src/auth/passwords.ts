/** Password hashes: bcrypt, in libuv's thread pool and so off the event loop. */
import { createHash, randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt';
import { WorkQueue } from '../limits/work-queue.ts';

/**
 * The pool has four threads, which DNS and the file system share: bcrypt gets two. A hash of cost 12 takes
 * about 250 ms, so the last of 32 in line waits 4 s.
 */
const QUEUE = { running: 2, waiting: 32 };

/**
 * bcrypt reads 72 bytes and stops at a zero byte. SHA-256 in base64 is 44 characters without zeros, so every
 * character of a long password counts. NFKC first: one keyboard composes "é", another sends two code points.
 */
function digest(password: string): string {
  return createHash('sha256').update(password.normalize('NFKC')).digest('base64');
}

export class Passwords {
  readonly #cost: number;
  readonly #queue = new WorkQueue(QUEUE);
  /** Compared against when there is no account, so that the answer takes as long as for a wrong password. */
  readonly #decoy: string;

  private constructor(cost: number, decoy: string) {
    this.#cost = cost;
    this.#decoy = decoy;
  }

  static async create(cost: number): Promise<Passwords> {
    return new Passwords(cost, await bcrypt.hash(digest(randomBytes(32).toString('hex')), cost));
  }

  /** @throws UNAVAILABLE when too many are being hashed. */
  hash(password: string): Promise<string> {
    return this.#queue.run(() => bcrypt.hash(digest(password), this.#cost));
  }

  /**
   * @param hash of the account; undefined, when there is none, takes the same time and answers false.
   * @throws UNAVAILABLE when too many are being hashed.
   */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const matches = await this.#queue.run(() => bcrypt.compare(digest(password), hash ?? this.#decoy));
    return matches && hash !== undefined;
  }
}
