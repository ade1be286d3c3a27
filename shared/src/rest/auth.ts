import { z } from 'zod';
import { ObjectIdHex } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { DisplayName } from './common.ts';

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(LIMITS.emailMax, `An email address has at most ${LIMITS.emailMax} characters`)
  .pipe(z.email('This is not an email address'));

/** A password that is being set. */
export const NewPassword = z
  .string()
  .min(LIMITS.passwordMin, `A password needs at least ${LIMITS.passwordMin} characters`)
  .max(LIMITS.passwordMax, `A password can have at most ${LIMITS.passwordMax} characters`);

/** A password that is being checked: any string, so that the answer tells nothing but right or wrong. */
export const GivenPassword = z.string().min(1, 'Enter your password').max(LIMITS.passwordMax);

export const User = z.object({
  id: ObjectIdHex,
  email: z.string(),
  displayName: z.string(),
  /** Whether the admin page is for this account. */
  isAdmin: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type User = z.infer<typeof User>;

export const RegisterBody = z.strictObject({
  email: Email,
  password: NewPassword,
  displayName: DisplayName,
});
export type RegisterBody = z.input<typeof RegisterBody>;

export const LoginBody = z.strictObject({ email: Email, password: GivenPassword });
export type LoginBody = z.input<typeof LoginBody>;

/** Answer to register, login and refresh. The refresh token travels beside it, in an httpOnly cookie. */
export const SessionResponse = z.object({
  /** Sent back as `Authorization: Bearer`, for `LIMITS.accessTokenMs`. */
  accessToken: z.string(),
  /** Unix time in ms. */
  expiresAt: z.number().int(),
  user: User,
});
export type SessionResponse = z.infer<typeof SessionResponse>;
