/** All scenarios, in the order in which they are played. */
import type { Scenario } from '../scenario.ts';
import { browserKilled } from './browser-killed.ts';
import { browserReplaced } from './browser-replaced.ts';
import { downlinkBlocked } from './downlink-blocked.ts';
import { laptopSleeps } from './laptop-sleeps.ts';
import { longWay } from './long-way.ts';
import { lossyLine } from './lossy-line.ts';
import { newClientAddress } from './new-client-address.ts';
import { newPublicAddress } from './new-public-address.ts';
import { noRoomForVideo } from './no-room-for-video.ts';
import { pathSymmetric } from './path-symmetric.ts';
import { pathTcp } from './path-tcp.ts';
import { pathTurnTls } from './path-turn-tls.ts';
import { pathTurnUdp } from './path-turn-udp.ts';
import { pathUdp } from './path-udp.ts';
import { randomFaults } from './random-faults.ts';
import { sfuKilled } from './sfu-killed.ts';
import { slowDownlink } from './slow-downlink.ts';
import { slowUplink } from './slow-uplink.ts';
import { socketCut30, socketCuts } from './socket-cut.ts';
import { udpBlocked } from './udp-blocked.ts';
import { uplinkBlocked } from './uplink-blocked.ts';
import { workerKilled } from './worker-killed.ts';

export const SCENARIOS: readonly Scenario[] = [
  pathUdp,
  pathTcp,
  pathTurnUdp,
  pathTurnTls,
  pathSymmetric,
  udpBlocked,
  newClientAddress,
  newPublicAddress,
  socketCuts,
  socketCut30,
  laptopSleeps,
  workerKilled,
  sfuKilled,
  browserKilled,
  browserReplaced,
  uplinkBlocked,
  downlinkBlocked,
  randomFaults,
  longWay,
  slowDownlink,
  slowUplink,
  noRoomForVideo,
  lossyLine,
];
