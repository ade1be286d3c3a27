/** A picture is held small for want of bandwidth alone, with real media between two headless participants. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '../browser/wait.ts';
import { now } from '../load/clock.ts';
import { Crowd } from '../load/crowd.ts';
import { MediaHost } from '../load/media-host.ts';
import { onePool } from '../load/processes.ts';
import { startStack, type Stack } from './stack.ts';

const CAMERA = [
  { rid: 'r0', width: 320, height: 180, fps: 10, bps: 60_000 },
  { rid: 'r1', width: 640, height: 360, fps: 10, bps: 150_000 },
];

let stack: Stack;
let crowd: Crowd;

beforeAll(async () => {
  stack = await startStack({ WORKERS: '1', MEDIA_LISTEN: '127.0.0.1' });
  const { code } = await (await stack.account('Mia')).createRoom('Two');
  crowd = new Crowd({
    admit: async (name) => ({ askedAtMs: now(), grant: await stack.grant(code, name) }),
    media: onePool(new MediaHost('two')),
    video: CAMERA,
    page: 1,
    bandwidthEstimation: 'twcc',
    seed: 1,
  });
  for (let i = 0; i < 2; i += 1) await crowd.join({ publishes: true, speaks: false });
}, 60_000);
afterAll(async () => {
  await crowd?.close();
  await stack?.close();
});

it('is not held small because its camera was off for a while', async () => {
  const [room] = stack.sfu.rooms.rooms.values();
  const [viewer, publisher] = [...(room?.peers.values() ?? [])];
  const producer = publisher?.producerOf('camera');
  const held = () => [...(viewer?.receiving.held ?? [])].find((each) => each.producer === producer);
  const layer = () => held()?.consumer.currentLayers?.spatialLayer;
  await until('the camera to be received', () => layer() !== undefined);
  await producer?.pause();
  await until('nothing of it to be forwarded', () => layer() === undefined);
  await producer?.resume();
  await until('the camera to be received again', () => layer() !== undefined);
  expect(held()?.maxLayer).toBe(Infinity);
}, 30_000);
