/**
 * Ten headless participants with real media on two workers, one of which is killed: everyone gets everyone's picture
 * again, as the same peer, and nobody had to come in anew.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup } from 'node-datachannel';
import { until } from '../browser/wait.ts';
import { now } from '../load/clock.ts';
import { Crowd } from '../load/crowd.ts';
import { flowingPairs } from '../load/flowing-pairs.ts';
import { MediaHost } from '../load/media-host.ts';
import { onePool } from '../load/processes.ts';
import { startStack, type Stack } from './stack.ts';

const PEOPLE = 10;
const CAMERA = [{ rid: 'r0', width: 320, height: 180, fps: 10, bps: 60_000 }];
/** For the slowest of machines; how long it takes is printed, and `npm run bench -- worker-death` has the aim. */
const WITHIN_MS = 60_000;

let stack: Stack;
let crowd: Crowd;
const pool = onePool(new MediaHost('ten'));

beforeAll(async () => {
  // With so small a budget both workers are used.
  stack = await startStack({ WORKERS: '2', WORKER_BUDGET_CONSUMERS: '40', MEDIA_LISTEN: '127.0.0.1' });
  const { code } = await (await stack.account('Mia')).createRoom('Ten');
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
  await crowd?.close();
  await stack?.close();
  // Transports that send from this process have threads, which would keep it.
  cleanup();
});

const allFlow = (sinceMs: number) =>
  until(
    `all pairs to flow`,
    async () => (await flowingPairs(crowd, pool, sinceMs)) === PEOPLE * (PEOPLE - 1),
    {
      withinMs: WITHIN_MS,
    },
  );

const peers = () => crowd.participants.map(({ peerId }) => peerId);

describe('a room of ten', () => {
  it('flows again, with the same peers, after kill -9 of a worker', async () => {
    for (let i = 0; i < PEOPLE; i += 1) await crowd.join({ publishes: true, speaks: i < 3 });
    await allFlow(now());
    const before = peers();
    const [worker] = stack.sfu.workers.alive;
    if (!worker || stack.sfu.workers.alive.some(({ peers: here }) => here === 0)) {
      throw new Error('Both workers should have people');
    }

    const killedAtMs = now();
    process.kill(worker.worker.pid, 'SIGKILL');
    await until('somebody to have moved', () => crowd.moves > 0, { withinMs: WITHIN_MS });
    await allFlow(killedAtMs + 1);
    console.info(
      `all ${PEOPLE * (PEOPLE - 1)} pairs flow ${Math.round(now() - killedAtMs)} ms after the kill`,
    );
    expect(peers()).toEqual(before);
    expect(crowd.lost).toEqual({});
  }, 240_000);
});
