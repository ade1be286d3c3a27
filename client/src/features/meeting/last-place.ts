/**
 * The place that this tab has in a room as a guest, as a secret that replaces it: a tab that crashes takes its own place
 * again, instead of meeting itself. Accounts are known by who they are, and need none.
 */
import { ResumeKey } from '@vcallpe/shared';
import { tabStore } from '../../lib/storage.ts';

const PREFIX = 'vcallpe.place.';

const store = tabStore();

export function readLastPlace(code: string): ResumeKey | undefined {
  return ResumeKey.safeParse(store.getItem(PREFIX + code)).data;
}

/** @param resumeKey undefined forgets it */
export function writeLastPlace(code: string, resumeKey: ResumeKey | undefined): void {
  if (resumeKey) store.setItem(PREFIX + code, resumeKey);
  else store.removeItem(PREFIX + code);
}

const GUEST_PREFIX = 'vcallpe.guest.';

/** Who this tab's guest was in the room before: back in, they are the same person, whether admitted or removed. */
export function readGuestKey(code: string): string | undefined {
  return store.getItem(GUEST_PREFIX + code) ?? undefined;
}

export function writeGuestKey(code: string, guestKey: string): void {
  store.setItem(GUEST_PREFIX + code, guestKey);
}
