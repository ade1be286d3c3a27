/**
 * Media that should flow and does not, among three real browsers on two workers: each fault is planted in the SFU behind
 * everybody's back, found by what the browsers count, and repaired without a reload.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { quantile } from '../bench/report.ts';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { startStack, type Stack } from '../flows/stack.ts';
import { seededRandom } from '../load/random.ts';

/** How many times something is broken, each time another pair in another way. */
const FAULTS = Number(process.env['FAULTS'] ?? 12);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const HEALED_WITHIN_MS = 60_000;

let stack: Stack;
let people: Participant[];
const random = seededRandom(SEED);
const healedMs: Record<string, number[]> = {};

beforeAll(async () => {
  console.info(`The faults of this run: SEED=${SEED}`);
  const clientDist = join(import.meta.dirname, '../../client/dist');
  // With so small a budget the third person is at home on the second worker.
  const sfu = { MEDIA_LISTEN: '127.0.0.1', WORKERS: '2', WORKER_BUDGET_CONSUMERS: '1' };
  stack = await startStack(sfu, { CLIENT_DIST: clientDist });
  const owner = await stack.account('Mia');
  const { code } = await owner.createRoom('Standup');
  const ada = await Participant.open({ name: 'Ada', url: stack.apiUrl, tone: 440 });
  people = [ada, await ada.another('Ben'), await ada.another('Zoe')];
  for (const person of people) await person.join(`${stack.apiUrl}/r/${code}`);
}, 240_000);
afterAll(async () => {
  for (const [fault, times] of Object.entries(healedMs)) {
    const [p50, max] = [quantile(times, 0.5), Math.max(...times)].map((ms) => `${(ms / 1000).toFixed(1)} s`);
    console.info(`${fault}: healed ${times.length} times, p50 ${p50}, longest ${max}`);
  }
  await people?.[0]?.close();
  await stack?.close();
});

const room = () => {
  const [running] = stack.sfu.rooms.rooms.values();
  if (!running) throw new Error('No room is running');
  return running;
};

interface Pair {
  producerId: string;
  /** Who receives. */
  peerId: string;
  /** The two are at home on different workers, and a pipe carries it. */
  piped: boolean;
}

const pairs = (): Pair[] => {
  const peers = [...room().peers.values()];
  return peers.flatMap((peer) =>
    [...peer.receiving.consumers.keys()].map((producerId) => {
      const from = peers.find(({ producers }) => producers.has(producerId));
      return { producerId, peerId: peer.id, piped: from?.home !== peer.home };
    }),
  );
};
const consumerOf = ({ peerId, producerId }: Pair) => {
  const consumer = room().peers.get(peerId)?.receiving.consumerOf(producerId);
  if (!consumer) throw new Error('There is no consumer at the moment');
  return consumer;
};
/** Packets that the SFU has sent for this pair, by the consumer that it has now. */
const sent = async (pair: Pair): Promise<{ id: string; packets: number }> => {
  const consumer = consumerOf(pair);
  const stats = await consumer.getStats();
  return { id: consumer.id, packets: stats.find(({ type }) => type === 'outbound-rtp')?.packetCount ?? 0 };
};
const flowsAgain = async (pair: Pair) => {
  const before = await sent(pair);
  await until(
    'packets to leave the SFU',
    async () => {
      const now = await sent(pair);
      return now.packets > (now.id === before.id ? before.packets : 0);
    },
    { withinMs: HEALED_WITHIN_MS },
  );
};

const metrics = async () => (await fetch(`${stack.sfu.url}/metrics`)).text();
const repairs = async (cause = '') => {
  const lines = (await metrics())
    .split('\n')
    .filter((line) => line.startsWith('vcallpe_media_repairs_total{'));
  return lines
    .filter((line) => line.includes(`cause="${cause}`))
    .reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
};

/** Methods of the worker, by their numbers in mediasoup's request.fbs. */
const WORKER = { pauseProducer: 39, pauseConsumer: 44 };

/** Has the worker of this pair's receiver do something that mediasoup's objects here do not know of. */
async function tellWorker(pair: Pair, method: number, id: string): Promise<void> {
  const { channelForTesting } = consumerOf(pair) as unknown as {
    channelForTesting: {
      request(method: number, type: undefined, offset: undefined, id: string): Promise<unknown>;
    };
  };
  await channelForTesting.request(method, undefined, undefined, id);
}

interface Fault {
  cause: string;
  possible: (pair: Pair) => boolean;
  plant: (pair: Pair) => Promise<void>;
}

const FAULT_KINDS: Record<string, Fault> = {
  'a consumer paused': {
    cause: 'consumerPaused',
    possible: () => true,
    plant: (pair) => consumerOf(pair).pause(),
  },
  'a consumer paused in its worker alone': {
    cause: 'consumerPaused',
    possible: () => true,
    plant: (pair) => tellWorker(pair, WORKER.pauseConsumer, consumerOf(pair).id),
  },
  'a producer paused in its worker alone': {
    cause: 'producerPaused',
    possible: ({ piped }) => !piped,
    plant: (pair) => tellWorker(pair, WORKER.pauseProducer, pair.producerId),
  },
  'the far end of a pipe paused': {
    cause: 'notForwarded',
    possible: ({ piped }) => piped,
    // A producer has the same id at both ends of a pipe.
    plant: (pair) => tellWorker(pair, WORKER.pauseProducer, pair.producerId),
  },
};
const KINDS = Object.keys(FAULT_KINDS);

describe('the media audit', () => {
  it('leaves a healthy call alone', async () => {
    for (const one of people) for (const other of people) if (one !== other) await one.seesMoving(other.name);
    expect(pairs()).toHaveLength(12);
    expect(pairs().some(({ piped }) => piped)).toBe(true);
    for (const pair of pairs()) await flowsAgain(pair);
    expect(await repairs()).toBe(0);
  }, 120_000);

  // Each kind comes as often as the others; which pair it meets is left to chance.
  it.each(Array.from({ length: FAULTS }, (_, i) => [i + 1, KINDS[i % KINDS.length] ?? ''] as const))(
    'heals fault %d: %s',
    async (_round, kind) => {
      const fault = FAULT_KINDS[kind];
      const candidates = pairs().filter((pair) => fault?.possible(pair));
      const pair = candidates[Math.floor(random() * candidates.length)];
      if (!fault || !pair) throw new Error('There is no pair for this fault');
      const before = await repairs(fault.cause);
      const since = performance.now();
      await fault.plant(pair);
      await flowsAgain(pair);
      (healedMs[kind] ??= []).push(performance.now() - since);
      expect(await repairs(fault.cause)).toBeGreaterThan(before);
      // Others may have received the same.
      for (const same of pairs()) if (same.producerId === pair.producerId) await flowsAgain(same);
    },
    2 * HEALED_WITHIN_MS,
  );

  it('is done in the end, and everybody sees everybody', async () => {
    await until('no pair to be broken', async () => (await metrics()).includes('vcallpe_broken_pairs 0'));
    for (const one of people) for (const other of people) if (one !== other) await one.seesMoving(other.name);
  }, 120_000);
});
