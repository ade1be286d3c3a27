import { connected, flowing, pathIs } from '../aims/media.ts';
import type { Scenario } from '../scenario.ts';

export const pathUdp: Scenario = {
  name: 'path-udp',
  what: 'an open network',
  steps: [],
  watchMs: 2_500,
  aims: [connected(5_000), pathIs('udp'), flowing],
};
