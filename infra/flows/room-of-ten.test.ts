/**
 * Ten headless participants with real media on two workers, one of which is killed: everyone gets everyone's picture again, and
 * hears who speaks, as the same peer with the same role, hand and place, and nobody had to come in anew.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup } from 'node-datachannel';
import { quantile } from '../bench/report.ts';
import { until } from '../browser/wait.ts';
import { now } from '../load/clock.ts';
import { Crowd } from '../load/crowd.ts';
import { flowingPairs } from '../load/flowing-pairs.ts';
import { MediaHost } from '../load/media-host.ts';
import { onePool } from '../load/processes.ts';
import { SimulatedPeer } from './simulated-peer.ts';
import { startStack, type Stack } from './stack.ts';

const PEOPLE = 10;
const SPEAKERS = 3;
const CAMERA = [{ rid: 'r0', width: 320, height: 180, fps: 10, bps: 60_000 }];
/** For the slowest of machines; how long it takes is printed, and `npm run bench -- worker-death` has the aim. */
const WITHIN_MS = 60_000;
/** What flows brings a packet in this time, ms: ten pictures a second, and a voice more often. */
const LATELY_MS = 700;

let stack: Stack;
let crowd: Crowd;
let host: SimulatedPeer;
const pool = onePool(new MediaHost('ten'));

beforeAll(async () => {
  // With so small a budget both workers are used.
  stack = await startStack({ WORKERS: '2', WORKER_BUDGET_CONSUMERS: '40', MEDIA_LISTEN: '127.0.0.1' });
  const owner = await stack.account('Mia');
  const { code } = await owner.createRoom('Ten');
  host = await SimulatedPeer.enter('Mia', await stack.grant(code, owner));
  crowd = new Crowd({
    admit: async (name) => ({ askedAtMs: now(), grant: await stack.grant(code, name) }),
    media: pool,
    video: CAMERA,
    page: PEOPLE - 1,
    bandwidthEstimation: 'none',
    seed: 1,
  });
}, 60_000);
afterAll(async () => {
  host?.vanish();
  await crowd?.close();
  await stack?.close();
  // Transports that send from this process have threads, which would keep it.
  cleanup();
});

/** Pictures of everyone, and the voices of those who speak. */
function counts(source: string, from: string): boolean {
  const speakers = crowd.participants.slice(0, SPEAKERS).map(({ peerId }) => peerId);
  return source === 'camera' || (source === 'microphone' && speakers.includes(from));
}

/** @returns how long after `sinceMs` each began to flow, and did not stop again, ms */
async function allFlow(sinceMs: number): Promise<number[]> {
  const beganAt = new Map<string, number>();
  await until(
    'all pairs to flow',
    async () => {
      const pairs = await flowingPairs(crowd, pool, Math.max(sinceMs, now() - LATELY_MS), counts);
      for (const pair of beganAt.keys()) if (!pairs.has(pair)) beganAt.delete(pair);
      for (const pair of pairs) if (!beganAt.has(pair)) beganAt.set(pair, now());
      return pairs.size === (PEOPLE + SPEAKERS) * (PEOPLE - 1);
    },
    { withinMs: WITHIN_MS },
  );
  return [...beganAt.values()].map((at) => at - sinceMs);
}

/** The others in their order, as each of the people sees them. */
const seen = () =>
  crowd.participants.map(({ name, peerId, viewing }) => ({
    name,
    peerId,
    others: [...viewing.others.values()].map((other) => ({
      peerId: other.peerId,
      name: other.displayName,
      role: other.role,
      handRaisedAt: other.handRaisedAt,
    })),
  }));
/** The order in which the next one to come in would see them. */
const order = () => [...stack.sfu.rooms.rooms.values()].flatMap(({ peers }) => [...peers.keys()]);

describe('a room of ten', () => {
  it('flows again, with the same peers, roles, raised hands and order, after kill -9 of a worker', async () => {
    for (let i = 0; i < PEOPLE; i += 1) await crowd.join({ publishes: true, speaks: i < SPEAKERS });
    const { participants } = crowd;
    await host.request('setRole', { peerId: participants[1]?.peerId, role: 'host' });
    for (const index of [7, 2, 5]) await participants[index]?.request('setHand', { raised: true });
    await until('everyone to see the hands, and who is a host', () =>
      seen().every(({ name: viewer, others }) => {
        const hands = others.filter(({ handRaisedAt }) => handRaisedAt !== undefined);
        const hosts = others.filter(({ role }) => role === 'host').map(({ name }) => name);
        // Nobody is among the others of oneself.
        return hands.length >= 2 && (viewer === 'Load 2' || hosts.includes('Load 2'));
      }),
    );
    await allFlow(now());
    const before = { seen: seen(), order: order() };
    const [worker] = stack.sfu.workers.alive;
    if (!worker || stack.sfu.workers.alive.some(({ peers: here }) => here === 0)) {
      throw new Error('Both workers should have people');
    }

    const killedAtMs = now();
    process.kill(worker.worker.pid, 'SIGKILL');
    await until('somebody to have moved', () => crowd.moves > 0, { withinMs: WITHIN_MS });
    const times = await allFlow(killedAtMs + 1);
    const [p95, longest] = [quantile(times, 0.95), Math.max(...times)].map(Math.round);
    console.info(`all ${times.length} pairs flow after the kill: p95 ${p95} ms, longest ${longest} ms`);
    expect({ seen: seen(), order: order() }).toEqual(before);
    expect(crowd.lost).toEqual({});
  }, 240_000);
});
