import { flowing, mediaAgain } from '../aims/media.ts';
import { neverTwo, replaced, shownAway, tileGone } from '../aims/tiles.ts';
import type { Scenario } from '../scenario.ts';

/** Longer than the place is kept, and than a client tries to have it back, ms. */
const ASLEEP_MS = 30_000;

export const laptopSleeps: Scenario = {
  name: 'laptop-sleeps',
  what: "Ben's machine sleeps for 30 s: nothing runs on it, and its network is off",
  steps: [
    { afterMs: 3_000, does: ({ ben }) => ben.home.sleep() },
    { afterMs: ASLEEP_MS, does: ({ ben }) => ben.home.wake() },
  ],
  watchMs: 12_000,
  // The 8 s of the issue count from when the server knows that the socket is away, which here nobody tells it; and for
  // waking it asks for no time: longer than this nobody would wait without a reload.
  aims: [shownAway(0, 8_000), tileGone(0, 14_000), mediaAgain(1, 8_000), replaced, neverTwo, flowing],
};
