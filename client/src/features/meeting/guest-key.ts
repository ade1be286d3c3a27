/**
 * Who this browser's guest is in a room. Every tab has the same key, so that a guest is one person as an account is: whether
 * admitted, removed, or in the room already in another tab. Accounts are known by who they are, and need none.
 */
import { browserStore } from '../../lib/storage.ts';

const PREFIX = 'vcallpe.guest.';

const store = browserStore();

export function readGuestKey(code: string): string | undefined {
  return store.getItem(PREFIX + code) ?? undefined;
}

export function writeGuestKey(code: string, guestKey: string): void {
  store.setItem(PREFIX + code, guestKey);
}
