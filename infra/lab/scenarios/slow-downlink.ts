import { audioSurvives, flowing, repairsTold } from '../aims/media.ts';
import { fewSwitches, fullQualityAgain } from '../aims/picture.ts';
import type { Scenario } from '../scenario.ts';

/** At 2 Mbit/s and at 150 kbit/s, ms; the aim is switches in a minute. */
const FAST_MS = 12_000;
const SLOW_MS = 60_000;
/** In which a receiver's bandwidth is found, and the layers settle, ms. */
const SETTLE_MS = 10_000;
const SHAKEN_MS = 2_000;

export const slowDownlink: Scenario = {
  name: 'slow-downlink',
  what: "Mia's downlink: 2 Mbit/s, 150 kbit/s, 2 Mbit/s",
  camera: { width: 960, height: 544, fps: 10, unrest: 0.2 },
  steps: [
    { afterMs: 0, does: ({ mia }) => mia.home.limitDownlink(2_000_000) },
    { afterMs: FAST_MS, does: ({ mia }) => mia.home.limitDownlink(150_000) },
    { afterMs: SLOW_MS, does: ({ mia }) => mia.home.limitDownlink(2_000_000) },
  ],
  watchMs: 13_000,
  aims: [
    audioSurvives(1, SHAKEN_MS, 500),
    fewSwitches(1, SETTLE_MS, SLOW_MS - SETTLE_MS),
    fullQualityAgain(1, 2, 10_000),
    repairsTold,
    flowing,
  ],
};
