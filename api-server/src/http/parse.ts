/** Reads what a request carries, by the schemas of the contract. */
import { AppError, LIMITS } from '@vcallpe/shared';
import express, { type Request, type Response } from 'express';
import type { z } from 'zod';

const parseJson = express.json({ limit: LIMITS.restBodyBytes, type: 'application/json' });

/**
 * Reads a JSON body. No body at all is an empty object, so that the schema names what is missing.
 * @throws UNSUPPORTED_MEDIA_TYPE for a body that is not JSON, or what body-parser found wrong.
 */
export async function readJson(req: Request, res: Response): Promise<unknown> {
  if (req.get('content-length') === '0') return {};
  // `is` answers null when there is no body, false when there is one of another type.
  if (req.is('application/json') === false) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json');
  }
  await new Promise<void>((resolve, reject) => {
    parseJson(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  return req.body ?? {};
}

/** @throws VALIDATION_FAILED whose details are `{ path, message }[]`, the path in dots: `settings.maxParticipants`. */
export function parseWith<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw validationFailed(result.error.issues);
}

export function validationFailed(issues: readonly { path: PropertyKey[]; message: string }[]): AppError {
  const details = issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  const sentences = details.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  return new AppError('VALIDATION_FAILED', sentences.join('. '), { details });
}
