/**
 * Several faults, one after the other, each drawn at random: whom it meets, which way, and how much of the network is lost.
 * What is lost is found out when it comes: the way over which their media goes at that time is always part of it. SEED=n in the
 * environment plays those of an earlier run again; the title of the table says which they were.
 */
import { seededRandom } from '../../load/random.ts';
import { felt, flowing, healed, noReloads, repairsTold } from '../aims/media.ts';
import { oneWay, PORTS, type Direction, type Loss } from '../rules.ts';
import type { Actor, Aim, Scenario, Step } from '../scenario.ts';

const FAULTS = 6;
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const WITHIN_MS = 5_000;
/** Between two faults, ms. */
const QUIET_MS = 7_000;

interface Kind {
  what: string;
  /** What is lost, of all ways of which some are in use. */
  losesOf: (inUse: readonly Way[]) => readonly Way[];
  /** Something is left over which media can go on. */
  wayOut: boolean;
  lastsMs: number;
}

interface Way extends Loss {
  what: string;
  /** As `Sample` calls them. */
  paths: readonly string[];
}

const WAYS: readonly Way[] = [
  { what: 'UDP', paths: ['udp', 'relay/udp'], udp: true, tcp: [] },
  { what: 'TCP to the SFU', paths: ['tcp'], udp: false, tcp: [PORTS.media] },
  {
    what: 'TCP to TURN',
    paths: ['relay/tcp', 'relay/tls'],
    udp: false,
    tcp: [PORTS.turn, PORTS.turnTls],
  },
];

/** Where a way is left, a fault lasts longer than healing may take: its end is not what heals it. */
const KINDS: readonly Kind[] = [
  { what: 'the way in use', losesOf: (inUse) => inUse, wayOut: true, lastsMs: 8_000 },
  { what: 'all ways but one', losesOf: allButOne, wayOut: true, lastsMs: 8_000 },
  { what: 'all ways', losesOf: () => WAYS, wayOut: false, lastsMs: 4_000 },
];
const DIRECTIONS: readonly { what: string; directions: readonly Direction[] }[] = [
  { what: 'out', directions: ['out'] },
  { what: 'in', directions: ['in'] },
  { what: 'either way', directions: ['out', 'in'] },
];
const PEOPLE = ['mia', 'ben'] as const;

/** The last one that is not in use is left. */
function allButOne(inUse: readonly Way[]): readonly Way[] {
  const left = WAYS.findLast((way) => !inUse.includes(way));
  return WAYS.filter((way) => way !== left);
}

/** @throws when nothing is connected */
async function waysInUse(actor: Actor): Promise<readonly Way[]> {
  const paths = await actor.paths();
  const inUse = WAYS.filter((way) => way.paths.some((path) => paths.includes(path)));
  if (inUse.length === 0) throw new Error(`No media to meet: the paths are ${paths.join(', ') || 'none'}`);
  return inUse;
}

function faultsOf(seed: number): { steps: Step[]; aims: Aim[] } {
  const random = seededRandom(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const drawn = Array.from({ length: FAULTS }, () => ({
    whom: pick(PEOPLE),
    kind: pick(KINDS),
    direction: pick(DIRECTIONS),
    /** In words; known when it has come. */
    lost: '',
  }));
  return {
    steps: drawn.flatMap((fault): Step[] => [
      {
        afterMs: QUIET_MS,
        async does(stage) {
          const { home } = stage[fault.whom];
          const lost = fault.kind.losesOf(await waysInUse(stage[fault.whom]));
          fault.lost = lost.map(({ what }) => what).join(', ');
          home.firewall(
            ...fault.direction.directions.flatMap((way) => lost.flatMap((loss) => oneWay(way, loss))),
          );
        },
      },
      { afterMs: fault.kind.lastsMs, does: (stage) => stage[fault.whom].home.firewall() },
    ]),
    aims: [
      ...drawn.map((fault, i): Aim => {
        const [begin, end, next] = [2 * i, 2 * i + 1, i + 1 < FAULTS ? 2 * i + 2 : undefined];
        const { whom, kind, direction } = fault;
        const detail = () => `${i + 1}. ${whom}: ${kind.what} (${fault.lost}), ${direction.what}`;
        // When a fault ends, the browser goes back to the better path, and that is another story.
        return kind.wayOut
          ? healed('healed, from the beginning', detail, begin, end, WITHIN_MS)
          : healed('healed, from the end', detail, end, next, WITHIN_MS);
      }),
      felt(drawn.map((_, i) => [2 * i, 2 * i + 1])),
    ],
  };
}

function draw(seed: number): Scenario {
  const { steps, aims } = faultsOf(seed);
  return {
    name: 'random-faults',
    what: `${FAULTS} faults at random, one after the other (SEED=${seed})`,
    steps,
    watchMs: QUIET_MS,
    aims: [...aims, noReloads, repairsTold, flowing],
    next: () => draw(seed + 1),
  };
}

export const randomFaults: Scenario = draw(SEED);
