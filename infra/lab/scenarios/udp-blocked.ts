import { flowing, mediaAgain } from '../aims/media.ts';
import { noUdp } from '../rules.ts';
import type { Scenario } from '../scenario.ts';

export const udpBlocked: Scenario = {
  name: 'udp-blocked',
  what: 'UDP blocked in mid-call',
  quick: true,
  steps: [{ afterMs: 5_000, does: ({ ben }) => ben.home.firewall(noUdp) }],
  watchMs: 9_000,
  aims: [mediaAgain(0, 5_000), flowing],
};
