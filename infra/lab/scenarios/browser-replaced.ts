import { flowing } from '../aims/media.ts';
import { neverTwo, oldTileGone, replaced } from '../aims/tiles.ts';
import type { Scenario } from '../scenario.ts';

export const browserReplaced: Scenario = {
  name: 'browser-replaced',
  what: "kill -9 of Ben's browser, and at once he joins from one on another machine",
  account: true,
  steps: [
    { afterMs: 0, does: ({ ben }) => ben.openOtherBrowser() },
    { afterMs: 1_000, does: ({ ben }) => ben.killBrowser() },
    { afterMs: 0, does: ({ ben }) => ben.joinFromOtherBrowser() },
  ],
  watchMs: 9_000,
  // "At once", in the issue.
  aims: [oldTileGone(2, 1_000), neverTwo, replaced, flowing],
};
