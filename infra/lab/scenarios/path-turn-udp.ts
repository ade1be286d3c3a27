import { connected, flowing, pathIs } from '../aims/media.ts';
import { noMediaPorts, noTcpPort, PORTS } from '../rules.ts';
import type { Scenario } from '../scenario.ts';

export const pathTurnUdp: Scenario = {
  name: 'path-turn-udp',
  what: 'the media port blocked, UDP and TCP, and no TCP to TURN',
  // Where the relay can be reached over TCP as well, a browser may take that for one of its transports, and keep it.
  before: (home) => home.firewall(...noMediaPorts, ...noTcpPort(PORTS.turn), ...noTcpPort(PORTS.turnTls)),
  steps: [],
  watchMs: 2_500,
  aims: [connected(5_000), pathIs('relay/udp'), flowing],
};
