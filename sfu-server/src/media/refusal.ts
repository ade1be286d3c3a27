import { errors } from 'mediasoup';
import { AppError } from '@vcallpe/shared';

/**
 * Runs a mediasoup call whose arguments came from a client. mediasoup throws TypeError or UnsupportedError
 * for parameters that make no sense together; that is the client's error, not ours.
 */
export async function refusable<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof TypeError || error instanceof errors.UnsupportedError) {
      throw new AppError('VALIDATION_FAILED', `${what}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
