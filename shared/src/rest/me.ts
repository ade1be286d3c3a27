import { z } from 'zod';
import { GivenPassword, NewPassword } from './auth.ts';
import { DisplayName } from './common.ts';

/** A new password asks for the current one, and signs every other session out. */
export const UpdateMeBody = z
  .strictObject({
    displayName: DisplayName.optional(),
    currentPassword: GivenPassword.optional(),
    newPassword: NewPassword.optional(),
  })
  .refine((body) => body.displayName !== undefined || body.newPassword !== undefined, 'Nothing to change')
  .refine((body) => (body.newPassword === undefined) === (body.currentPassword === undefined), {
    message: 'To change your password, give the current and the new one',
    path: ['currentPassword'],
  });
export type UpdateMeBody = z.input<typeof UpdateMeBody>;

/** Deleting an account asks for its password, and takes its rooms with it. */
export const DeleteMeBody = z.strictObject({ password: GivenPassword });
export type DeleteMeBody = z.input<typeof DeleteMeBody>;
