/**
 * The ladder of the media audit, with real media between two headless participants on two workers: a fault that comes back with
 * each new consumer is met with the next step, not with the first ones again.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanup } from 'node-datachannel';
import { until } from '../browser/wait.ts';
import { now } from '../load/clock.ts';
import { Crowd } from '../load/crowd.ts';
import { MediaHost } from '../load/media-host.ts';
import { onePool } from '../load/processes.ts';
import { startStack, type Stack } from './stack.ts';

const CAMERA = [{ rid: 'r0', width: 320, height: 180, fps: 10, bps: 60_000 }];
/** As client/src/conference/stalls.ts has it, ms. */
const STALLED_AFTER_MS = 1_500;
/** In mediasoup's request.fbs. */
const PAUSE_PRODUCER = 39;

let stack: Stack;
let crowd: Crowd;

beforeAll(async () => {
  // With so small a budget each is on a worker of its own.
  stack = await startStack({ WORKERS: '2', WORKER_BUDGET_CONSUMERS: '1', MEDIA_LISTEN: '127.0.0.1' });
  const { code } = await (await stack.account('Mia')).createRoom('Two');
  crowd = new Crowd({
    admit: async (name) => ({ askedAtMs: now(), grant: await stack.grant(code, name) }),
    media: onePool(new MediaHost('two')),
    video: CAMERA,
    page: 1,
    bandwidthEstimation: 'none',
    seed: 1,
  });
  for (let i = 0; i < 2; i += 1) await crowd.join({ publishes: true, speaks: false });
}, 60_000);
afterAll(async () => {
  await crowd?.close();
  await stack?.close();
  // Transports that send from this process have threads, which would keep it.
  cleanup();
});

const room = () => {
  const [running] = stack.sfu.rooms.rooms.values();
  if (!running) throw new Error('No room is running');
  return running;
};

async function counted(step: string, cause = 'notForwarded'): Promise<number> {
  const metrics = await (await fetch(`${stack.sfu.url}/metrics`)).text();
  const line = `vcallpe_media_repairs_total{cause="${cause}",step="${step}"} `;
  return Number(
    metrics
      .split('\n')
      .find((each) => each.startsWith(line))
      ?.slice(line.length),
  );
}

describe('a pair that stays broken', () => {
  it('is repaired with stronger and stronger steps, counts as broken all the time, and no more once it flows', async () => {
    const [viewer, publisher] = [...room().peers.values()];
    if (!viewer || !publisher || viewer.home === publisher.home) throw new Error('They should be two, apart');
    const producerId = publisher.producerOf('camera')?.id ?? '';
    const consumer = () => viewer.receiving.consumerOf(producerId);
    const sent = async () =>
      (await consumer()?.getStats())?.find(({ type }) => type === 'outbound-rtp')?.packetCount ?? 0;
    await until('the camera to be received', async () => (await sent()) > 0);

    /** The far end of the pipe is paused in its worker alone, now and whenever there is another one. */
    let sabotaging = true;
    let done = '';
    const sabotage = async () => {
      const current = consumer();
      if (!sabotaging || !current || current.id === done) return;
      const { channelForTesting } = current as unknown as {
        channelForTesting: { request(...args: unknown[]): Promise<unknown> };
      };
      await channelForTesting.request(PAUSE_PRODUCER, undefined, undefined, producerId);
      done = current.id;
    };
    /** As its client does: it says what has brought nothing for long. */
    let seen: { id: string; packets: number; at: number } | undefined;
    const report = async () => {
      const id = consumer()?.id;
      if (id === undefined) return room().audit.report(viewer, []);
      const packets = await sent();
      if (seen?.id !== id || seen.packets !== packets) seen = { id, packets, at: performance.now() };
      room().audit.report(viewer, performance.now() - seen.at > STALLED_AFTER_MS ? [id] : []);
    };
    const broken: number[] = [];
    await until('the last step', async () => {
      await sabotage();
      await report();
      if (broken.length > 0 || room().audit.broken > 0) broken.push(room().audit.broken);
      return (await counted('openTransports')) > 0;
    });
    expect(await counted('consumeAgain')).toBe(1);
    // Nothing comes through the pipe that could begin with one.
    expect(await counted('keyframe')).toBe(0);
    expect(Math.min(...broken)).toBe(1);

    sabotaging = false;
    await until('it to be healed', async () => {
      await report();
      return room().audit.broken === 0;
    });
    const before = await sent();
    await until('the camera to be received', async () => (await sent()) > before);
  }, 90_000);
});

describe('one stream that does not arrive where others do', () => {
  it('is consumed again, and the path that carries the others is left alone', async () => {
    const [viewer, publisher] = [...room().peers.values()];
    if (!viewer || !publisher) throw new Error('They should be two');
    const consumerOf = (source: 'camera' | 'microphone') =>
      viewer.receiving.consumerOf(publisher.producerOf(source)?.id ?? '');
    await until('both to be received', () => consumerOf('camera') && consumerOf('microphone'));
    const lost = consumerOf('camera')?.id ?? '';

    // What the client would say whose browser gets packets of the microphone only.
    await until('the camera to be consumed again', () => {
      room().audit.report(viewer, [lost]);
      return ![lost, undefined].includes(consumerOf('camera')?.id);
    });
    room().audit.report(viewer, []);
    await until('it to count as healed', () => room().audit.broken === 0);
    expect(await counted('consumeAgain', 'oneNotReceived')).toBe(1);
    for (const step of ['restartIce', 'openTransports']) expect(await counted(step, 'notReceived')).toBe(0);
  }, 60_000);
});
