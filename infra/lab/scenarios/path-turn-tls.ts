import { connected, flowing, pathIs } from '../aims/media.ts';
import { onlyTcp, PORTS } from '../rules.ts';
import type { Scenario } from '../scenario.ts';

export const pathTurnTls: Scenario = {
  name: 'path-turn-tls',
  what: 'only web, signaling and 443/TCP open',
  quick: true,
  before: (home) => home.firewall(...onlyTcp([PORTS.web, PORTS.signaling, PORTS.turnTls])),
  steps: [],
  watchMs: 2_500,
  aims: [connected(5_000), pathIs('relay/tls'), flowing],
};
