import { flowing, neverTwo, replaced } from '../aims.ts';
import type { Scenario } from '../scenario.ts';

export const browserReplaced: Scenario = {
  name: 'browser-replaced',
  what: "kill -9 of Ben's browser, and at once he joins from a new one",
  account: true,
  steps: [
    { afterMs: 3_000, does: ({ ben }) => ben.killBrowser() },
    { afterMs: 0, does: ({ ben }) => ben.joinFromNewBrowser() },
  ],
  watchMs: 10_000,
  aims: [neverTwo, replaced, flowing],
};
