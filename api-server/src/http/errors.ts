/** The one place where what was thrown becomes what is sent: `{ error: { code, message, details?, requestId } }`. */
import { AppError, type ErrorResponse } from '@vcallpe/shared';
import { isDatabaseAway } from '@vcallpe/shared/db';
import type { ErrorRequestHandler } from 'express';
import { retryAfterSeconds, retryLater } from '../limits/retry-later.ts';

/** Errors of the router and of body-parser carry the status they mean. */
function fromHttpError(status: number): AppError | undefined {
  if (status === 413) return new AppError('PAYLOAD_TOO_LARGE', 'The body is larger than 100 kB');
  if (status === 415) return new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send JSON in UTF-8');
  if (status >= 400 && status < 500)
    return new AppError('VALIDATION_FAILED', 'The request could not be read');
  return undefined;
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error ? Reflect.get(error, name) : undefined;
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseAway(error)) {
    return retryLater('UNAVAILABLE', 'The database is away. Try again in a moment', 1_000, error);
  }
  const status = property(error, 'status');
  const known = typeof status === 'number' ? fromHttpError(status) : undefined;
  return known ?? new AppError('INTERNAL', 'Something went wrong on our side', { cause: error });
}

/** The last middleware. Errors of the server itself are logged, with the id that the client is told. */
export const handleErrors: ErrorRequestHandler = (thrown, req, res, next) => {
  const error = toAppError(thrown);
  if (error.status >= 500) res.err = error;
  if (res.headersSent) {
    next(thrown);
    return;
  }
  const seconds = retryAfterSeconds(error);
  if (seconds !== undefined) res.set('Retry-After', String(seconds));
  if (error.status === 401) res.set('WWW-Authenticate', 'Bearer');
  const body: ErrorResponse = { error: { ...error.toBody(), requestId: String(req.id) } };
  res.status(error.status).set('Cache-Control', 'no-store').json(body);
};
