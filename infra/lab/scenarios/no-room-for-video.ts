import { audioSurvives, flowing, mediaAgain, repairsTold } from '../aims/media.ts';
import { heldInWords } from '../aims/picture.ts';
import type { Scenario } from '../scenario.ts';

const SLOW_MS = 20_000;
const SHAKEN_MS = 2_000;

export const noRoomForVideo: Scenario = {
  name: 'no-room-for-video',
  what: "Mia's downlink: 2 Mbit/s, 100 kbit/s, which is enough for a voice only, 2 Mbit/s",
  // Of a small one even the lowest layer needs next to nothing.
  camera: { width: 960, height: 544, fps: 10, unrest: 0.2 },
  steps: [
    { afterMs: 0, does: ({ mia }) => mia.home.limitDownlink(2_000_000) },
    { afterMs: 8_000, does: ({ mia }) => mia.home.limitDownlink(100_000) },
    { afterMs: SLOW_MS, does: ({ mia }) => mia.home.limitDownlink(2_000_000) },
  ],
  watchMs: 13_000,
  aims: [audioSurvives(1, SHAKEN_MS, 500), heldInWords(1, 2), mediaAgain(2, 10_000), repairsTold, flowing],
};
