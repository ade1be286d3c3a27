import { flowing, mediaAgain } from '../aims/media.ts';
import { noUdpOut } from '../rules.ts';
import type { Scenario } from '../scenario.ts';

export const uplinkBlocked: Scenario = {
  name: 'uplink-blocked',
  what: 'what Ben sends over UDP is lost, from mid-call on',
  steps: [{ afterMs: 5_000, does: ({ ben }) => ben.home.firewall(noUdpOut) }],
  watchMs: 9_000,
  aims: [mediaAgain(0, 5_000), flowing],
};
