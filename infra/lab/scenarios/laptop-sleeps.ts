import { flowing, mediaAgain, neverTwo, replaced, tileGone } from '../aims.ts';
import type { Scenario } from '../scenario.ts';

/** Longer than the place is kept. */
const ASLEEP_MS = 40_000;

export const laptopSleeps: Scenario = {
  name: 'laptop-sleeps',
  what: "Ben's machine sleeps for 40 s: nothing runs on it, and its network is off",
  steps: [
    { afterMs: 3_000, does: ({ ben }) => ben.home.sleep() },
    { afterMs: ASLEEP_MS, does: ({ ben }) => ben.home.wake() },
  ],
  watchMs: 15_000,
  // The issue asks for no time after waking; longer than this nobody would wait without a reload.
  aims: [tileGone(0, 8_000), mediaAgain(1, 8_000), replaced, neverTwo, flowing],
};
