/** Errors that say when to come back: their details hold the seconds, and the answer carries `Retry-After`. */
import { AppError } from '@vcallpe/shared';
import { z } from 'zod';

const Details = z.object({ retryAfterSeconds: z.number().int().positive() });

/** @param ms until it is worth trying again; told in whole seconds, at least one. */
export function retryLater(
  code: 'RATE_LIMITED' | 'UNAVAILABLE',
  message: string,
  ms: number,
  cause?: unknown,
): AppError {
  const details: z.infer<typeof Details> = { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) };
  return new AppError(code, message, { details, cause });
}

/** Seconds, or undefined when the error says nothing about later. */
export function retryAfterSeconds(error: AppError): number | undefined {
  return Details.safeParse(error.details).data?.retryAfterSeconds;
}
