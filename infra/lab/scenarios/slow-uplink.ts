import { flowing, noAudioGap } from '../aims/media.ts';
import { fullQualityAgain, smallerAndThere } from '../aims/picture.ts';
import type { Scenario } from '../scenario.ts';

/** At 2 Mbit/s and at 300 kbit/s, ms. */
const FAST_MS = 10_000;
const SLOW_MS = 20_000;
/** In which a sender's bandwidth is found, ms. */
const SETTLE_MS = 10_000;

/** A browser that has found less room finds more by about 8 % a second (GCC), so from 300 kbit/s it takes longer than a receiver, ms. */
const FULL_WITHIN_MS = 15_000;

export const slowUplink: Scenario = {
  name: 'slow-uplink',
  what: "Ben's uplink: 2 Mbit/s, 300 kbit/s, 2 Mbit/s",
  camera: { width: 960, height: 544, fps: 10, unrest: 0.2 },
  steps: [
    { afterMs: 0, does: ({ ben }) => ben.home.limitUplink(2_000_000) },
    { afterMs: FAST_MS, does: ({ ben }) => ben.home.limitUplink(300_000) },
    { afterMs: SLOW_MS, does: ({ ben }) => ben.home.limitUplink(2_000_000) },
  ],
  watchMs: 18_000,
  aims: [noAudioGap(0), smallerAndThere(1, SETTLE_MS, 2), fullQualityAgain(1, 2, FULL_WITHIN_MS), flowing],
};
