/** A picture is held small for want of bandwidth alone, with real media between headless participants. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../browser/wait.ts';
import { now } from '../load/clock.ts';
import { Crowd } from '../load/crowd.ts';
import { LeanTransport } from '../load/media/lean-transport.ts';
import { LossyTransport } from '../load/media/lossy-transport.ts';
import { MediaHost } from '../load/media-host.ts';
import type { Participant } from '../load/participant.ts';
import { onePool } from '../load/processes.ts';
import { startStack, type Stack } from './stack.ts';

const CAMERA = [
  { rid: 'r0', width: 320, height: 180, fps: 10, bps: 60_000 },
  { rid: 'r1', width: 640, height: 360, fps: 10, bps: 150_000 },
];
/** The small picture and the sound, and not the large one, bps. */
const SLOW_LINE_BPS = 130_000;
/** The sound, and not even the small picture, bps. */
const NO_ROOM_BPS = 30_000;
/** How often the camera goes off: in which order the worker's words of it arrive differs from time to time. */
const TIMES_OFF = 20;
/** The share of packets that a line loses which has become slow at once. */
const FLOOD = 0.7;

let stack: Stack;
let crowd: Crowd;
/** Of who has come last: what it receives over, and the share of packets that is lost on the way to it. */
let path: LeanTransport;
let loss = 0;

beforeAll(async () => {
  stack = await startStack({ WORKERS: '1', MEDIA_LISTEN: '127.0.0.1' });
  const { code } = await (await stack.account('Mia')).createRoom('Two');
  const receiveTransport = () => {
    path = new LeanTransport();
    return new LossyTransport(path, { received: () => Math.random() < loss });
  };
  crowd = new Crowd({
    admit: async (name) => ({ askedAtMs: now(), grant: await stack.grant(code, name) }),
    media: onePool(new MediaHost('two', { receiveTransport })),
    video: CAMERA,
    page: 1,
    bandwidthEstimation: 'twcc',
    seed: 1,
  });
  await crowd.join({ publishes: true, speaks: false });
}, 60_000);
afterAll(async () => {
  await crowd?.close();
  await stack?.close();
});

/** Each time somebody else comes to look, whose line is not known yet. */
let looking: Participant | undefined;
beforeEach(async () => {
  loss = 0;
  looking = await crowd.join({ publishes: false, speaks: false });
  const tile = { peerId: publisher().id, source: 'camera', width: 1280, height: 720 } as const;
  await looking?.request('show', { tiles: [tile] });
  await until('the large picture to be received', () => layer() === 1);
}, 60_000);
afterEach(async () => {
  if (looking) await crowd.leave(looking);
});

const room = () => {
  const [first] = stack.sfu.rooms.rooms.values();
  if (!first) throw new Error('The room is gone');
  return first;
};
const peers = () => [...room().peers.values()];
const publisher = () => {
  const [first] = peers();
  if (!first) throw new Error('Nobody publishes');
  return first;
};
const viewer = () => {
  const peer = peers().find(({ id }) => id === looking?.peerId);
  if (!peer) throw new Error('Nobody looks');
  return peer;
};
const transport = () => {
  const { recvTransport } = viewer();
  if (!recvTransport) throw new Error('There is nothing to receive over');
  return recvTransport;
};
const stats = async () => (await transport().getStats())[0];
const limit = async () => (await stats())?.maxOutgoingBitrate;
const held = () => {
  const producer = publisher().producerOf('camera');
  const found = [...viewer().receiving.held].find((each) => each.producer === producer);
  if (!found) throw new Error('Nothing of it is received');
  return found;
};
const layer = () => held().consumer.currentLayers?.spatialLayer;
const consumerPausedRepairs = async () => {
  const metrics = await (await fetch(`${stack.sfu.url}/metrics`)).text();
  const counted = /^vcallpe_media_repairs_total\{cause="consumerPaused".*\} (\d+)$/m.exec(metrics);
  return Number(counted?.[1] ?? 0);
};
const countRests = () => {
  let rests = 0;
  held().consumer.observer.on('pause', () => (rests += 1));
  return () => rests;
};

describe('a picture is not held small', () => {
  it('because its camera was off for a while, time and again', async () => {
    const producer = publisher().producerOf('camera');
    for (let i = 0; i < TIMES_OFF; i += 1) {
      await producer?.pause();
      await until('nothing of it to be forwarded', () => layer() === undefined, { everyMs: 10 });
      await producer?.resume();
      await until('the camera to be received again', () => layer() !== undefined, { everyMs: 10 });
      expect(held().maxLayer).toBe(Infinity);
    }
  }, 60_000);

  it('because something has paused it, which is the audit’s to find', async () => {
    await held().consumer.pause();
    await until('it to be repaired', async () => !(await held().consumer.dump()).paused);
    await until('it to be received again', () => layer() !== undefined);
    expect(held().maxLayer).toBe(Infinity);
    expect(await consumerPausedRepairs()).toBeGreaterThan(0);
  }, 60_000);

  it('because its path was lost', async () => {
    path.close();
    await until('the path to be known as lost', () => transport().iceState === 'disconnected');
    await until('nothing of it to be forwarded', () => layer() === undefined);
    expect(held().maxLayer).toBe(Infinity);
  }, 60_000);
});

describe('a picture that falls for want of bandwidth', () => {
  it('rests while its line is flooded, and is forwarded again after that', async () => {
    const rests = countRests();
    loss = FLOOD;
    await until('the loss to be known', async () => ((await stats())?.rtpPacketLossSent ?? 0) > FLOOD / 2);
    await transport().setMaxOutgoingBitrate(SLOW_LINE_BPS);
    await until('it to rest', () => rests() > 0);
    expect(held().maxLayer).toBe(0);
    loss = 0;
    await until('the rest to be over', () => !held().resting);
    // Not by the audit, which would find it paused too.
    expect(held().paused).toBe(false);
    expect((await held().consumer.dump()).paused).toBe(false);
    await until('it to be forwarded again', () => layer() !== undefined);
  }, 60_000);

  it('is paused where there is no room even for its lowest layer, which is told, until there is', async () => {
    await transport().setMaxOutgoingBitrate(NO_ROOM_BPS);
    await until('it to be held back', () => held().maxLayer === -1);
    // The answer of the worker has to come first.
    await until('it to be paused', () => held().consumer.paused);
    const { audit } = room();
    await until('it to be told', () => audit.limitedOf(viewer()).includes(held().producer.id));
    // The limit was as if of a line; it goes with the first probe, as if that line were fast again.
    await until('it to be forwarded again', () => layer() !== undefined);
    await until('that to be told', () => audit.limitedOf(viewer()).length === 0);
    await until('the large picture to be received again', () => layer() === 1);
  }, 60_000);

  it('does not rest where little is lost, and lets go of the line when it closes', async () => {
    const rests = countRests();
    await transport().setMaxOutgoingBitrate(SLOW_LINE_BPS);
    await until('it to be held small', () => held().maxLayer === 0);
    await until('it to be probed whether there is room again', async () => (await limit()) !== SLOW_LINE_BPS);
    expect(await limit()).toBeGreaterThan(0);
    expect(rests()).toBe(0);
    held().consumer.close();
    // The worker does one thing after the other: what was asked of it at the close comes before this.
    expect(await limit()).toBeUndefined();
  }, 60_000);
});
