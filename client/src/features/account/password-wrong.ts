import { AppError } from '@vcallpe/shared';
import { t } from '../../i18n/i18n.ts';

/**
 * The API answers INVALID_CREDENTIALS to a wrong password wherever it asks for one; in a form of somebody who
 * is signed in that belongs to the password field alone.
 */
export async function passwordWrong<T>(field: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'INVALID_CREDENTIALS')) throw error;
    const details = [{ path: field, message: t('account:password.wrong') }];
    throw new AppError('VALIDATION_FAILED', error.message, { details, cause: error });
  }
}
