/** What somebody prefers in this browser, in every meeting. */
import { z } from 'zod';
import { browserStore } from './storage.ts';

const KEY = 'vcallpe.preferences';

const Preferences = z.object({
  /** Holding the space bar unmutes for as long as it is held. */
  pushToTalk: z.boolean().default(true),
  /** Single letters act. People who dictate, or who hit keys by accident, need to turn that off (WCAG 2.1.4). */
  letterKeys: z.boolean().default(true),
  /** In speaker view whoever speaks is large. */
  layout: z.enum(['grid', 'speaker']).default('grid'),
  hideSelf: z.boolean().default(false),
  hideWithoutVideo: z.boolean().default(false),
});
export type Preferences = z.infer<typeof Preferences>;

let state = load();
const listeners = new Set<() => void>();

/** What was remembered; the defaults, where storage holds something else. */
function load(): Preferences {
  try {
    return Preferences.parse(JSON.parse(browserStore().getItem(KEY) ?? '{}'));
  } catch {
    return Preferences.parse({});
  }
}

export const preferences = {
  getState: (): Preferences => state,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  change(change: Partial<Preferences>): void {
    state = { ...state, ...change };
    try {
      browserStore().setItem(KEY, JSON.stringify(state));
    } catch {
      // Storage is full. It then holds until the page closes.
    }
    for (const listener of listeners) listener();
  },
};
