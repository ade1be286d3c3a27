import { AppError } from './errors.ts';

/**
 * Every request is answered, even when what it waits for never ends. There is one known case: mongodb 7.8 waits
 * for ever when it writes to a connection in the very tick in which that closed (for `drain` on a destroyed
 * socket), as happens when the database is killed under load, and its own timeouts do not cover that wait.
 *
 * @param ms how long to wait; by default more than a sign-in takes that stood in line for its hash, or a query
 *   that waited for the database to come back
 * @throws {AppError} TIMEOUT when it takes longer; the work is not stopped, only no longer waited for.
 */
export async function withinDeadline<T>(work: Promise<T>, ms = 10_000): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new AppError('TIMEOUT', 'This took too long. Try again in a moment'));
    }, ms);
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}
