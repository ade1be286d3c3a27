/**
 * Media that should flow and does not, among three real browsers on two workers: each fault is planted in the SFU, or in front
 * of it, behind everybody's back, found by what the browsers count, and repaired without a reload.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TrackSource } from '@vcallpe/shared';
import { quantile } from '../bench/report.ts';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { FORWARDED_ADDRESS, forwardUdp, type Forwarder } from '../doctor/testing/forwarder.ts';
import { startStack, type Stack } from '../flows/stack.ts';
import { seededRandom } from '../load/random.ts';
import { freePorts } from './free-ports.ts';

/** How many times something is broken, each time another pair in another way. */
const FAULTS = Number(process.env['FAULTS'] ?? 15);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const HEALED_WITHIN_MS = 60_000;
/** A pair that brings nothing for so long has stopped, ms: slower than any camera here, and than the silence of Opus. */
const STOPPED_MS = 700;

let stack: Stack;
let people: Participant[];
const forwarders: Forwarder[] = [];
/** Streams of which no packet reaches the SFU. */
const dropped = new Set<number>();
const random = seededRandom(SEED);
const healedMs: Record<string, number[]> = {};

beforeAll(async () => {
  console.info(`The faults of this run: SEED=${SEED}`);
  const clientDist = join(import.meta.dirname, '../../client/dist');
  const ports = await freePorts(2);
  // With so small a budget the third person is at home on the second worker.
  const sfu = { WORKERS: '2', WORKER_BUDGET_CONSUMERS: '1', RTC_PORT: String(ports[0]) };
  const media = { MEDIA_LISTEN: `127.0.0.1=${FORWARDED_ADDRESS}` };
  stack = await startStack({ ...sfu, ...media }, { CLIENT_DIST: clientDist });
  for (const port of ports) forwarders.push(await forwardUdp(port, (packet) => !dropped.has(ssrcOf(packet))));
  const owner = await stack.account('Mia');
  const { code } = await owner.createRoom('Standup');
  const ada = await Participant.open({ name: 'Ada', url: stack.apiUrl, tone: 440 });
  people = [ada, await ada.another('Ben'), await ada.another('Zoe')];
  for (const { page } of people) await page.addInitScript(keepConnections);
  for (const person of people) await person.join(`${stack.apiUrl}/r/${code}`);
}, 240_000);
afterAll(async () => {
  for (const [fault, times] of Object.entries(healedMs)) {
    const [p50, p95, max] = [quantile(times, 0.5), quantile(times, 0.95), Math.max(...times)].map(
      (ms) => `${(ms / 1000).toFixed(1)} s`,
    );
    console.info(`${fault}: healed ${times.length} times, p50 ${p50}, p95 ${p95}, longest ${max}`);
  }
  await people?.[0]?.close();
  await stack?.close();
  for (const forwarder of forwarders) await forwarder.close();
});

/** @returns NaN unless it is RTP; its header is not encrypted */
function ssrcOf(packet: Buffer): number {
  const [first = 0, second = 0] = packet;
  const rtp = packet.length >= 12 && first >= 128 && first < 192 && !(second >= 192 && second < 224);
  return rtp ? packet.readUInt32BE(8) : NaN;
}

/** Has a page remember its connections, so that their statistics can be asked for. */
function keepConnections(): void {
  const page = window as unknown as { connections: RTCPeerConnection[] };
  page.connections = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      page.connections.push(this);
    }
  };
}

/** What has arrived of this stream in the browser: decoded frames, or packets of sound. */
function arrivedIn(person: Participant, ssrc: number): Promise<number> {
  return person.page.evaluate(async (wanted) => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue;
      for (const entry of (await connection.getStats()).values()) {
        const { type, ssrc: of, kind, framesDecoded, packetsReceived } = entry as RTCInboundRtpStreamStats;
        if (type === 'inbound-rtp' && of === wanted)
          return (kind === 'video' ? framesDecoded : packetsReceived) ?? 0;
      }
    }
    return 0;
  }, ssrc);
}

const room = () => {
  const [running] = stack.sfu.rooms.rooms.values();
  if (!running) throw new Error('No room is running');
  return running;
};

interface Pair {
  /** Who sends what, */
  fromId: string;
  source: TrackSource;
  /** and who receives it. */
  peerId: string;
  /** The two are at home on different workers, and a pipe carries it. */
  piped: boolean;
}

const pairs = (): Pair[] => {
  const peers = [...room().peers.values()];
  return peers.flatMap((peer) =>
    peers
      .filter((from) => from !== peer)
      .flatMap((from) =>
        [...from.producers.values()].map(({ appData: { source } }) => ({
          fromId: from.id,
          source,
          peerId: peer.id,
          piped: from.home !== peer.home,
        })),
      ),
  );
};
const producerOf = ({ fromId, source }: Pair) => {
  const producer = room().peers.get(fromId)?.producerOf(source);
  if (!producer) throw new Error('There is no producer at the moment');
  return producer;
};
const consumerOf = (pair: Pair) => {
  const consumer = room().peers.get(pair.peerId)?.receiving.consumerOf(producerOf(pair).id);
  if (!consumer) throw new Error('There is no consumer at the moment');
  return consumer;
};
/** How much of this pair has arrived, by the consumer that it has now. */
const arrived = async (pair: Pair): Promise<{ id: string; count: number }> => {
  const { id, rtpParameters } = consumerOf(pair);
  const name = room().peers.get(pair.peerId)?.identity.displayName;
  const person = people.find((each) => each.name === name);
  const ssrc = rtpParameters.encodings?.[0]?.ssrc;
  if (!person || ssrc === undefined) throw new Error('Nobody receives this');
  return { id, count: await arrivedIn(person, ssrc) };
};
/** Resolves when more arrives than before, or something over another consumer. */
const flowsAgain = async (pair: Pair, before?: { id: string; count: number }) => {
  const base = before ?? (await until('a consumer', () => arrived(pair)));
  await until(
    'media to arrive',
    async () => {
      const now = await arrived(pair);
      return now.count > (now.id === base.id ? base.count : 0);
    },
    { withinMs: HEALED_WITHIN_MS, everyMs: 50 },
  );
};
/** Resolves when nothing has arrived for a while. @returns what had by then */
const stops = async (pair: Pair) => {
  let last = await arrived(pair);
  let movedAt = performance.now();
  await until(
    'the fault to show',
    async () => {
      const now = await arrived(pair);
      if (now.id === last.id && now.count === last.count) return performance.now() - movedAt > STOPPED_MS;
      [last, movedAt] = [now, performance.now()];
      return false;
    },
    { everyMs: 50 },
  );
  return last;
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
    plant: (pair) => tellWorker(pair, WORKER.pauseProducer, producerOf(pair).id),
  },
  'the far end of a pipe paused': {
    cause: 'notForwarded',
    possible: ({ piped }) => piped,
    // A producer has the same id at both ends of a pipe.
    plant: (pair) => tellWorker(pair, WORKER.pauseProducer, producerOf(pair).id),
  },
  "a producer's packets dropped": {
    cause: 'producerSilent',
    possible: () => true,
    plant: async (pair) => {
      for (const { ssrc, rtxSsrc } of await producerOf(pair).getStats()) {
        dropped.add(ssrc);
        if (rtxSsrc !== undefined) dropped.add(rtxSsrc);
      }
    },
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
      await flowsAgain(pair, await stops(pair));
      (healedMs[kind] ??= []).push(performance.now() - since);
      expect(await repairs(fault.cause)).toBeGreaterThan(before);
      // Others may have received the same.
      for (const same of pairs())
        if (same.fromId === pair.fromId && same.source === pair.source) await flowsAgain(same);
    },
    2 * HEALED_WITHIN_MS,
  );

  it('is done in the end, and everybody sees everybody', async () => {
    await until('no pair to be broken', async () => (await metrics()).includes('vcallpe_broken_pairs 0'));
    for (const one of people) for (const other of people) if (one !== other) await one.seesMoving(other.name);
  }, 120_000);
});
