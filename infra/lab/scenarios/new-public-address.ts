import { flowing, mediaAgain } from '../aims/media.ts';
import type { Scenario } from '../scenario.ts';

export const newPublicAddress: Scenario = {
  name: 'new-public-address',
  what: 'the NAT gets another public address in mid-call',
  steps: [{ afterMs: 5_000, does: ({ ben }) => ben.home.changePublicAddress() }],
  watchMs: 7_000,
  aims: [mediaAgain(0, 3_000), flowing],
};
