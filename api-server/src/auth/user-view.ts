import type { User } from '@vcallpe/shared';
import type { UserDoc } from '@vcallpe/shared/db';

/** What an account may see of itself. */
export function toUser({ _id, email, displayName, isAdmin = false, createdAt }: UserDoc): User {
  return { id: _id.toHexString(), email, displayName, isAdmin, createdAt: createdAt.toISOString() };
}
