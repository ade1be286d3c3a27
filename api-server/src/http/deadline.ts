import { AppError } from '@vcallpe/shared';

/**
 * ms. More than a sign-in takes that waited in line for its hash, or a query that waited for the database to
 * come back.
 */
const DEADLINE = 10_000;

/**
 * Every request is answered. mongodb 7.8 waits forever when it writes to a connection in the very tick in
 * which that closed (it waits for `drain` on a destroyed socket), as happens when the database is killed
 * under load, and its own timeouts do not cover that wait.
 * @throws TIMEOUT when the work takes longer; it is not stopped, only no longer waited for.
 */
export async function withinDeadline<T>(work: Promise<T>, ms = DEADLINE): Promise<T> {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new AppError('TIMEOUT', 'This took too long. Try again in a moment'));
  }, ms);
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}
