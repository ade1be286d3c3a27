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
