import { connected, flowing, pathIs } from '../aims.ts';
import { noUdp } from '../rules.ts';
import type { Scenario } from '../scenario.ts';

export const pathTcp: Scenario = {
  name: 'path-tcp',
  what: 'UDP blocked before the call',
  quick: true,
  before: (home) => home.firewall(noUdp),
  steps: [],
  watchMs: 2_500,
  aims: [connected(5_000), pathIs('tcp'), flowing],
};
