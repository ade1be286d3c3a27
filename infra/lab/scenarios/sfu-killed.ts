import { flowing, mediaAgain } from '../aims/media.ts';
import type { Scenario } from '../scenario.ts';

export const sfuKilled: Scenario = {
  name: 'sfu-killed',
  what: 'kill -9 of the SFU; the supervisor starts another one',
  others: 1,
  steps: [{ afterMs: 3_000, does: ({ kill }) => kill('sfu') }],
  watchMs: 12_000,
  aims: [mediaAgain(0, 8_000), flowing],
};
