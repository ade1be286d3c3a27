/**
 * Media that should flow and does not, between two real browsers: each fault is planted in the SFU behind everybody's back,
 * found by what the browsers count, and repaired without a reload.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { startStack, type Stack } from '../flows/stack.ts';

/** How many times a pair is broken, each time another one at random. */
const FAULTS = 10;

let stack: Stack;
let ada: Participant;
let ben: Participant;

beforeAll(async () => {
  const clientDist = join(import.meta.dirname, '../../client/dist');
  stack = await startStack({ MEDIA_LISTEN: '127.0.0.1' }, { CLIENT_DIST: clientDist });
  const owner = await stack.account('Mia');
  const { code } = await owner.createRoom('Standup');
  ada = await Participant.open({ name: 'Ada', url: stack.apiUrl, tone: 440 });
  ben = await ada.another('Ben');
  await ada.join(`${stack.apiUrl}/r/${code}`);
  await ben.join(`${stack.apiUrl}/r/${code}`);
});
afterAll(async () => {
  await ada?.close();
  await stack?.close();
});

/** Every consumer in the room, with how many packets it has sent so far. */
const pairs = () => {
  const [room] = stack.sfu.rooms.rooms.values();
  if (!room) throw new Error('No room is running');
  return [...room.peers.values()].flatMap(({ receiving }) => [...receiving.consumers.values()]);
};
const flows = async (consumer: ReturnType<typeof pairs>[number]) => {
  const sent = async () =>
    (await consumer.getStats()).find(({ type }) => type === 'outbound-rtp')?.packetCount ?? 0;
  const before = await sent();
  return until('packets to leave the SFU', async () => (await sent()) > before);
};
const repairs = async () => {
  const metrics = await (await fetch(`${stack.sfu.url}/metrics`)).text();
  const lines = metrics.split('\n').filter((line) => line.startsWith('vcallpe_media_repairs_total{'));
  return lines.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
};

describe('the media audit', () => {
  it('leaves a healthy call alone', async () => {
    await Promise.all([ada.seesMoving('Ben'), ben.seesMoving('Ada')]);
    expect(pairs()).toHaveLength(4);
    for (const pair of pairs()) await flows(pair);
    expect(await repairs()).toBe(0);
  });

  it.each(Array.from({ length: FAULTS }, (_, i) => i + 1))(
    'resumes a consumer that was paused, %d',
    async (round) => {
      const pair = pairs()[Math.floor(Math.random() * 4)];
      if (!pair) throw new Error('Unreachable');
      await pair.pause();
      await until('it to be resumed', () => !pair.paused);
      await flows(pair);
      expect(await repairs()).toBeGreaterThanOrEqual(round);
    },
  );

  it('counts each cause, and is done', async () => {
    const metrics = await (await fetch(`${stack.sfu.url}/metrics`)).text();
    expect(metrics).toMatch(/vcallpe_media_repairs_total\{cause="consumerPaused",step="resume"\} \d+/);
    await until('no pair to be broken', async () =>
      (await (await fetch(`${stack.sfu.url}/metrics`)).text()).includes('vcallpe_broken_pairs 0'),
    );
    await Promise.all([ada.seesMoving('Ben'), ben.seesMoving('Ada')]);
  });
});
