import { tileGone } from '../aims/tiles.ts';
import type { Scenario } from '../scenario.ts';

export const browserKilled: Scenario = {
  name: 'browser-killed',
  what: "kill -9 of Ben's browser",
  steps: [{ afterMs: 3_000, does: ({ ben }) => ben.killBrowser() }],
  watchMs: 8_500,
  aims: [tileGone(0, 8_000)],
};
