import { flowing, mediaAgain } from '../aims/media.ts';
import { noUdpIn } from '../rules.ts';
import type { Scenario } from '../scenario.ts';

export const downlinkBlocked: Scenario = {
  name: 'downlink-blocked',
  what: 'what Ben is sent over UDP is lost, from mid-call on',
  steps: [{ afterMs: 5_000, does: ({ ben }) => ben.home.firewall(noUdpIn) }],
  watchMs: 9_000,
  aims: [mediaAgain(0, 5_000), flowing],
};
