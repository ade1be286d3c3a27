/**
 * Several faults, one after the other, each drawn at random: whom it meets, which way, and what of the network is lost. SEED=n
 * in the environment plays those of an earlier run again; the title of the table says which they were.
 */
import { seededRandom } from '../../load/random.ts';
import { flowing, healed, noReloads, repairsTold } from '../aims.ts';
import { oneWay, PORTS, type Direction } from '../rules.ts';
import type { Scenario, Step } from '../scenario.ts';

const FAULTS = 6;
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const WITHIN_MS = 5_000;
/** Between two faults, ms. */
const QUIET_MS = 7_000;

interface Kind {
  what: string;
  udp: boolean;
  /** Ports of servers, over TCP. */
  tcp: readonly number[];
  /** What is left over which media can go on. */
  wayOut: boolean;
  lastsMs: number;
}

/** Where a way is left, a fault lasts longer than healing may take: its end is not what heals it. */
const KINDS: readonly Kind[] = [
  { what: 'no UDP', udp: true, tcp: [], wayOut: true, lastsMs: 8_000 },
  { what: 'no TCP to the SFU', udp: false, tcp: [PORTS.media], wayOut: true, lastsMs: 8_000 },
  { what: 'nothing but TURN over TCP', udp: true, tcp: [PORTS.media], wayOut: true, lastsMs: 8_000 },
  {
    what: 'no media at all',
    udp: true,
    tcp: [PORTS.media, PORTS.turn, PORTS.turnTls],
    wayOut: false,
    lastsMs: 4_000,
  },
];
const WAYS: readonly { what: string; directions: readonly Direction[] }[] = [
  { what: 'out', directions: ['out'] },
  { what: 'in', directions: ['in'] },
  { what: 'either way', directions: ['out', 'in'] },
];
const PEOPLE = ['mia', 'ben'] as const;

const random = seededRandom(SEED);
function pick<T>([first, ...others]: readonly T[]): T {
  const all = [first as T, ...others];
  return all[Math.floor(random() * all.length)] ?? (first as T);
}

const faults = Array.from({ length: FAULTS }, () => ({
  whom: pick(PEOPLE),
  kind: pick(KINDS),
  way: pick(WAYS),
}));

const steps = faults.flatMap(({ whom, kind, way }): Step[] => [
  {
    afterMs: QUIET_MS,
    does: (stage) => stage[whom].home.firewall(...way.directions.flatMap((each) => oneWay(each, kind))),
  },
  { afterMs: kind.lastsMs, does: (stage) => stage[whom].home.firewall() },
]);

const aims = faults.map(({ whom, kind, way }, i) => {
  const [begin, end, next] = [2 * i, 2 * i + 1, i + 1 < FAULTS ? 2 * i + 2 : undefined];
  const what = `${i + 1}. ${whom}: ${kind.what}, ${way.what}`;
  // When a fault ends, the browser goes back to the better path, and that is another story.
  return kind.wayOut
    ? healed(`${what}; from its beginning`, begin, end, WITHIN_MS)
    : healed(`${what}; from its end`, end, next, WITHIN_MS);
});

export const randomFaults: Scenario = {
  name: 'random-faults',
  what: `${FAULTS} faults at random, one after the other (SEED=${SEED})`,
  steps,
  watchMs: QUIET_MS,
  aims: [...aims, noReloads, repairsTold, flowing],
};
