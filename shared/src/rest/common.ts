import { z } from 'zod';
import { ERROR_CODES } from '../errors.ts';
import { LIMITS } from '../limits.ts';

/** Control and bidirectional-override characters would let one name pass for another, so they are refused. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Text on one line. */
export function line(max: number, what: string) {
  return z
    .string()
    .trim()
    .min(1, `${what} can't be empty`)
    .max(max, `${what} can have at most ${max} characters`)
    .refine((text) => !UNPRINTABLE.test(text), {
      message: `${what} can't contain invisible characters`,
      params: { reason: 'invisible' },
    });
}

export const DisplayName = line(LIMITS.displayNameMax, 'A name');
export const RoomName = line(LIMITS.roomNameMax, 'A room name');

export const ErrorResponse = z.object({
  error: z.object({
    code: z.enum(ERROR_CODES),
    message: z.string(),
    details: z.unknown().optional(),
    /** Also in the server's log, so that a report can be traced. */
    requestId: z.string(),
  }),
});
export type ErrorResponse = z.infer<typeof ErrorResponse>;
