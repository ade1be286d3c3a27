import { flowing, mediaAgain } from '../aims/media.ts';
import type { Scenario } from '../scenario.ts';

export const newClientAddress: Scenario = {
  name: 'new-client-address',
  what: 'the machine gets another address in mid-call',
  steps: [{ afterMs: 5_000, does: ({ ben }) => ben.home.changeClientAddress() }],
  watchMs: 7_000,
  aims: [mediaAgain(0, 3_000), flowing],
};
