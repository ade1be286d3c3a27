import { connected, flowing, pathIs } from '../aims/media.ts';
import type { Scenario } from '../scenario.ts';

export const pathSymmetric: Scenario = {
  name: 'path-symmetric',
  what: 'behind a symmetric NAT',
  before: (home) => home.useNat('symmetric'),
  steps: [],
  watchMs: 2_500,
  aims: [connected(5_000), pathIs('udp'), flowing],
};
