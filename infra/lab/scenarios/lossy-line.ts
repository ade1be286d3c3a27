import { flowing, noAudioGap } from '../aims/media.ts';
import { fewSwitches, fullQualityAgain, markedWhile } from '../aims/picture.ts';
import { loss } from '../rules.ts';
import type { Scenario } from '../scenario.ts';

const LOSSY_MS = 60_000;
/** In which a receiver's bandwidth is found, and the layers settle, ms. */
const SETTLE_MS = 10_000;

export const lossyLine: Scenario = {
  name: 'lossy-line',
  what: '5 % of all packets to and from Mia lost for a minute',
  camera: { width: 960, height: 544, fps: 10, unrest: 0.2 },
  steps: [
    { afterMs: 10_000, does: ({ mia }) => mia.home.firewall(...loss(5)) },
    { afterMs: LOSSY_MS, does: ({ mia }) => mia.home.firewall() },
  ],
  watchMs: 13_000,
  aims: [
    noAudioGap(0),
    fewSwitches(0, SETTLE_MS, LOSSY_MS - SETTLE_MS),
    fullQualityAgain(0, 1, 10_000),
    markedWhile(0, 1),
    flowing,
  ],
};
