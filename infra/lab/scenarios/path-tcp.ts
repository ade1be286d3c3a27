import { connected, flowing, pathIs } from '../aims/media.ts';
import { noTcpPort, noUdp, PORTS } from '../rules.ts';
import type { Scenario } from '../scenario.ts';

export const pathTcp: Scenario = {
  name: 'path-tcp',
  what: 'UDP blocked before the call, and no TCP to TURN',
  quick: true,
  // Where the relay can be reached over TCP as well, a browser may take that for one of its transports, and keep it.
  before: (home) => home.firewall(noUdp, ...noTcpPort(PORTS.turn), ...noTcpPort(PORTS.turnTls)),
  steps: [],
  watchMs: 2_500,
  aims: [connected(5_000), pathIs('tcp'), flowing],
};
