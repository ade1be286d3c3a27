/** What makes large rooms possible: the mesh of routers, subscriptions, dynacast, batched news. */
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cleanup } from 'node-datachannel';
import type { EventPayload, JoinedRoom, Room } from '@vcallpe/shared';
import { Viewer } from '../bench/large/viewer.ts';
import { until } from '../browser/wait.ts';
import { Publisher } from '../load/media/publisher.ts';
import { enterRaw } from './raw-client.ts';
import { SimulatedPeer, tile } from './simulated-peer.ts';
import { startStack, type Account, type Stack } from './stack.ts';

let stack: Stack;
let owner: Account;
let room: Room;
let entered: SimulatedPeer[] = [];

beforeAll(async () => {
  stack = await startStack({
    WORKERS: '2',
    // Four peers fill a worker. How busy the machine of a test is does not.
    WORKER_BUDGET_CONSUMERS: '40',
    WORKER_BUDGET_CPU: '1',
    AUDIBLE_SPEAKERS: '3',
    MAX_TILES: '9',
    HIDDEN_TILE_LINGER_MS: '60000',
  });
  owner = await stack.account('Mia');
});
afterAll(async () => {
  await stack?.close();
  // A transport that sends from this process has threads, which would keep it.
  cleanup();
});
beforeEach(async () => {
  room = await owner.createRoom('All hands', { maxParticipants: 100 });
});
afterEach(async () => {
  for (const peer of entered) peer.vanish();
  entered = [];
  await until('the room to close', () => stack.sfu.rooms.rooms.size === 0);
});

async function enter(
  name: string,
  ...sources: ('microphone' | 'camera' | 'screen')[]
): Promise<SimulatedPeer> {
  const peer = await SimulatedPeer.enter(name, await stack.grant(room.code, name));
  entered.push(peer);
  for (const source of sources) await peer.publish(source);
  return peer;
}
const enterMany = (count: number, ...sources: ('microphone' | 'camera' | 'screen')[]) =>
  Promise.all(Array.from({ length: count }, (_, i) => enter(`P${i}`, ...sources)));

function running() {
  const [found] = stack.sfu.rooms.rooms.values();
  if (!found) throw new Error('No room is running');
  return found;
}
const peerOf = (peer: SimulatedPeer) => {
  const found = running().peers.get(peer.id);
  if (!found) throw new Error(`${peer.name} is not in the room`);
  return found;
};
const show = (viewer: SimulatedPeer, ...tiles: object[]) => viewer.request('show', { tiles });
const consumer = (viewer: SimulatedPeer, of: SimulatedPeer, source: 'microphone' | 'camera' | 'screen') =>
  peerOf(viewer).receiving.consumerOf(of.producers.get(source)?.id ?? '');
const workerOf = (peer: SimulatedPeer) => peerOf(peer).home?.mediaWorker;

describe('a large room', () => {
  it('stays on one worker while that is enough, and then spreads evenly', async () => {
    await enterMany(4);
    expect(running().mesh.routers.size).toBe(1);
    await enterMany(8);
    const perWorker = stack.sfu.workers.alive.map(({ peers }) => peers);
    expect(perWorker.reduce((sum, peers) => sum + peers)).toBe(12);
    expect(Math.max(...perWorker) - Math.min(...perWorker)).toBeLessThanOrEqual(1);
  });

  it('pipes a video to another worker once, and only while somebody there looks at it', async () => {
    const all = await enterMany(10);
    const publisher = all[0]!;
    await publisher.publish('camera');
    const far = all.filter((peer) => workerOf(peer) !== workerOf(publisher));
    const near = all.filter((peer) => peer !== publisher && !far.includes(peer));
    const { pipes } = running().mesh;

    await Promise.all(near.map((peer) => show(peer, tile(publisher.id))));
    expect(pipes.size).toBe(0);
    await Promise.all(far.map((peer) => show(peer, tile(publisher.id))));
    expect(far.length).toBeGreaterThan(2);
    expect(pipes.size).toBe(1);
    await until('all to receive', () =>
      [...near, ...far].every((peer) => consumer(peer, publisher, 'camera')?.paused === false),
    );

    // A pause goes across, and so does the end.
    await publisher.setPaused('camera', true);
    await until('far consumers to know', () =>
      far.every((peer) => consumer(peer, publisher, 'camera')?.producerPaused),
    );
    await publisher.unpublish('camera');
    await until('all to be told', () => all.every((peer) => peer.offered.size === 0));
    expect(pipes.size).toBe(0);
  });

  it('carries keyframe requests and scores across a pipe', async () => {
    await enterMany(6);
    // Two layers: mediasoup notices the silence of simulcast only.
    const layer = { width: 320, height: 180, fps: 15, bps: 100_000 };
    const publisher = new Publisher({
      id: 1,
      video: [
        { rid: 'r0', ...layer },
        { rid: 'r1', ...layer },
      ],
    });
    const raw = await enterRaw(await stack.grant(room.code, 'Camera'));
    const viewers: Viewer[] = [];
    try {
      const { self, sendTransport } = await raw.request<JoinedRoom>('join');
      const transportId = sendTransport.id;
      const dtlsParameters = await publisher.start(sendTransport);
      await raw.request('connectTransport', { transportId, dtlsParameters });
      const { producerId } = await raw.request<{ producerId: string }>('produce', {
        produceId: crypto.randomUUID(),
        transportId,
        source: 'camera',
        rtpParameters: publisher.rtpParameters('video'),
        paused: false,
      });
      const homeOf = (peerId: string) => running().peers.get(peerId)?.home;
      let far: Viewer | undefined;
      while (!far) {
        const viewer = await Viewer.enter(await stack.grant(room.code, 'Viewer'));
        viewers.push(viewer);
        if (homeOf(viewer.peerId) !== homeOf(self.peerId)) far = viewer;
      }
      let seen = false;
      far.onFirst = () => (seen = true);
      await far.show([tile(self.peerId)]);
      await until('the first frame on the other worker', () => seen);
      expect(running().mesh.pipes.size).toBe(1);
      const consumer = running().peers.get(far.peerId)?.receiving.consumerOf(producerId);
      const requests = () => publisher.stats.video[0]?.keyframeRequests ?? 0;

      const before = requests();
      await until('the publisher to be asked', async () => {
        await consumer?.requestKeyFrame();
        return requests() > before;
      });
      await until('a good score', () => consumer?.score.producerScore === 10);
      // It falls silent without a word.
      publisher.setPaused('video', true);
      await until('a score of what is gone', () => consumer?.score.producerScore === 0);
    } finally {
      for (const viewer of viewers) viewer.close();
      publisher.close();
      raw.close();
    }
  });

  it('frees a pipe with its last user', async () => {
    const all = await enterMany(10, 'camera');
    const viewer = all[0]!;
    const far = all.find((peer) => workerOf(peer) !== workerOf(viewer))!;
    await show(viewer, tile(far.id));
    expect(running().mesh.pipes.size).toBe(1);
    await viewer.leave();
    await until('the pipe to be freed', () => running().mesh.pipes.size === 0);
  });

  it('receives what was shown last, however fast tiles come and go', async () => {
    const [viewer, publisher] = await enterMany(2, 'camera');
    if (!viewer || !publisher) throw new Error('Unreachable');
    await show(viewer, tile(publisher.id));
    const received = consumer(viewer, publisher, 'camera');
    await until('it to be received', () => received?.paused === false);
    const worker = workerOf(viewer)?.worker;
    if (!worker) throw new Error('Unreachable');
    // A worker that is slow to answer: by then the second wish is there.
    const slowly = async (...views: object[][]) => {
      process.kill(worker.pid, 'SIGSTOP');
      for (const view of views) await show(viewer, ...view);
      process.kill(worker.pid, 'SIGCONT');
    };
    const pausedInWorker = async () => (await received?.dump())?.paused;
    await slowly([], [tile(publisher.id)]);
    expect(await pausedInWorker()).toBe(false);
    await slowly([], [tile(publisher.id)], []);
    expect(await pausedInWorker()).toBe(true);
  });

  describe('a peer that moves while its worker is slow to answer', () => {
    /** Has `begin` asked of the peer's worker, and the peer moved before that answers. */
    const moveDuring = async (peer: SimulatedPeer, begin: () => Promise<unknown>) => {
      const there = running().peers.get(peer.id);
      const worker = workerOf(peer)?.worker;
      if (!there || !worker) throw new Error('Unreachable');
      const before = there.recvTransport;
      process.kill(worker.pid, 'SIGSTOP');
      const begun = begin().then(
        () => undefined,
        (error: unknown) => error,
      );
      running().homes.moveAway(there, 'workerDrained', () => undefined);
      await until('the old transports to be closed', () => before?.closed);
      process.kill(worker.pid, 'SIGCONT');
      await until('the move', () => peer.moves === 1 && peer.settled);
      return begun;
    };

    it('receives what it was about to receive', async () => {
      const all = await enterMany(4, 'camera');
      const viewer = all[0]!;
      const near = all.find((peer) => peer !== viewer && workerOf(peer) === workerOf(viewer))!;
      await moveDuring(viewer, () => show(viewer, tile(near.id)));
      await until('it to be received', () => consumer(viewer, near, 'camera')?.paused === false);
      expect((await consumer(viewer, near, 'camera')?.dump())?.paused).toBe(false);
    });

    it('is not believed to send what came to nothing', async () => {
      const [viewer, publisher] = await enterMany(2);
      if (!viewer || !publisher) throw new Error('Unreachable');
      await show(viewer, tile(publisher.id));
      const begun = await moveDuring(publisher, () => publisher.publish('camera'));
      expect(begun).toMatchObject({ code: 'WRONG_STATE' });
      await publisher.publish('camera');
      await until('it to be received', () => consumer(viewer, publisher, 'camera')?.paused === false);
    });
  });

  it('receives only what is shown; a hidden tile waits, paused, and comes back as it was', async () => {
    const [viewer, a, b] = await enterMany(3, 'camera');
    if (!viewer || !a || !b) throw new Error('Unreachable');
    expect(viewer.offered.size).toBe(0);
    await show(viewer, tile(a.id));
    const first = consumer(viewer, a, 'camera');
    await until('A to be received', () => first?.paused === false);
    expect(consumer(viewer, b, 'camera')).toBeUndefined();

    await show(viewer, tile(b.id));
    await until('A to wait', () => first?.paused === true);
    expect(first?.closed).toBe(false);
    await show(viewer, tile(a.id));
    expect(consumer(viewer, a, 'camera')).toBe(first);
    await until('A to be back', () => first?.paused === false);
    expect(viewer.offered.size).toBe(2);
  });

  it('takes a tile of somebody who sends nothing yet, and offers the video when it comes', async () => {
    const [viewer, late] = await enterMany(2);
    if (!viewer || !late) throw new Error('Unreachable');
    await show(viewer, tile(late.id));
    await late.publish('camera');
    await until('the offer', () => viewer.offered.size === 1);
    // Somebody looked at it already when it began.
    expect(late.layersWanted.get(late.producers.get('camera')?.id ?? '')).toBe(0);
  });

  it('forwards the layer that the tile needs', async () => {
    const [viewer, a] = await enterMany(2, 'camera');
    if (!viewer || !a) throw new Error('Unreachable');
    for (const [height, spatialLayer] of [
      [180, 0],
      [720, 2],
      [360, 1],
    ] as const) {
      await show(viewer, tile(a.id, height));
      await until(
        `layer ${spatialLayer}`,
        () => consumer(viewer, a, 'camera')?.preferredLayers?.spatialLayer === spatialLayer,
      );
    }
  });

  it('switches layers off at the publisher when nobody wants them, and on again at once', async () => {
    const [viewer, other, a] = await enterMany(3, 'camera');
    if (!viewer || !other || !a) throw new Error('Unreachable');
    const wanted = () => a.layersWanted.get(a.producers.get('camera')?.id ?? '');
    expect(wanted()).toBe(-1);
    await show(viewer, tile(a.id, 180));
    await until('the lowest layer', () => wanted() === 0);
    await show(other, tile(a.id, 720));
    await until('all layers', () => wanted() === 2);
    await other.leave();
    await until('the lowest layer to be enough', () => wanted() === 0);
    await show(viewer);
    await until('nothing to be sent', () => wanted() === -1);
    await show(viewer, tile(a.id, 360));
    await until('two layers', () => wanted() === 1);
  });

  it('serves shares first, then the pinned tile, then the rest, when bandwidth is short', async () => {
    const [viewer, a, b] = await enterMany(3, 'camera', 'screen');
    if (!viewer || !a || !b) throw new Error('Unreachable');
    await show(viewer, tile(a.id), tile(b.id, 180, { pinned: true }), tile(a.id, 720, { source: 'screen' }));
    const priority = (of: SimulatedPeer, source: 'camera' | 'screen') =>
      consumer(viewer, of, source)?.priority ?? 0;
    expect(priority(a, 'screen')).toBeGreaterThan(priority(b, 'camera'));
    expect(priority(b, 'camera')).toBeGreaterThan(priority(a, 'camera'));
  });

  it('lets everyone hear K others, however many microphones there are, and never a muted one', async () => {
    const all = await enterMany(9, 'microphone');
    const heardBy = (peer: SimulatedPeer) =>
      [...peerOf(peer).receiving.consumers.values()].filter(
        ({ kind, paused }) => kind === 'audio' && !paused,
      );
    await until('three to be heard by each', () => all.every((peer) => heardBy(peer).length === 3));
    const muted = all.slice(0, 7);
    await Promise.all(muted.map((peer) => peer.setPaused('microphone', true)));
    const open = new Set(all.slice(7).map(({ producers }) => producers.get('microphone')?.id));
    const heard = (peer: SimulatedPeer) => heardBy(peer).map(({ producerId }) => producerId);
    await until(
      'only the other two to be heard',
      () => heard(all[0]!).length === 2 && heard(all[8]!).length === 1,
    );
    for (const peer of all) for (const id of heard(peer)) expect(open.has(id)).toBe(true);
  });

  it('tells of a storm of joins and leaves in few messages', async () => {
    const onlooker = await enter('Onlooker');
    const news: EventPayload<'roomChanged'>[] = [];
    onlooker.onNews = (payload) => news.push(payload);
    let since = performance.now();
    // One each 100 ms at most, however long a busy machine takes for it; and one more at each end.
    const most = () => (performance.now() - since) / 100 + 2;
    const storm = await enterMany(40, 'microphone', 'camera');
    const complete = () =>
      storm.every(({ id }) => {
        const views = news.flatMap(({ peers }) => peers).filter(({ peerId }) => peerId === id);
        return views.at(-1)?.producers.length === 2;
      });
    await until('everyone to be told of', complete);
    const joins = news.length;
    expect(joins).toBeLessThanOrEqual(most());

    since = performance.now();
    await Promise.all(storm.map((peer) => peer.leave()));
    const gone = () => new Set(news.flatMap(({ left }) => left.map(({ peerId }) => peerId)));
    await until('all leaves to be told', () => gone().size === 40);
    expect(news.length - joins).toBeLessThanOrEqual(most());
  });

  it('goes on for everyone else when a worker dies', async () => {
    const all = await enterMany(8, 'camera', 'microphone');
    const victim = workerOf(all[0]!)!;
    const lost = all.filter((peer) => workerOf(peer) === victim);
    const kept = all.filter((peer) => !lost.includes(peer));
    await show(kept[0]!, tile(lost[0]!.id), tile(kept[1]!.id));
    const meeting = running();
    const gone = once(victim.worker, 'subprocessclose');
    process.kill(victim.worker.pid, 'SIGKILL');
    await gone;

    await until('those on it to have new transports', () => lost.every(({ moves }) => moves === 1));
    expect(running()).toBe(meeting);
    // Nobody has left, and nobody is there twice.
    expect([...meeting.peers.keys()].sort()).toEqual(all.map(({ id }) => id).sort());
    expect(all.every(({ connected }) => connected)).toBe(true);
    expect(lost.every((peer) => workerOf(peer)?.worker.closed === false)).toBe(true);
    expect(kept.every(({ moves }) => moves === 0)).toBe(true);
    expect(consumer(kept[0]!, kept[1]!, 'camera')?.closed).toBe(false);
    await until(
      'the lost one to be seen again',
      () => consumer(kept[0]!, lost[0]!, 'camera')?.paused === false,
    );
    await until('another worker', () => stack.sfu.workers.alive.length === 2);
    // The meeting spreads onto the new one.
    const back = await enterMany(4);
    expect(new Set(back.map((peer) => workerOf(peer)?.worker.pid)).has(victim.worker.pid)).toBe(false);
  });

  it('moves people off a worker that drains, and never off the last one', async () => {
    const { workers } = stack.sfu;
    const all = await enterMany(8);
    const drained = workerOf(all[0]!)!;
    const moved = all.filter((peer) => workerOf(peer) === drained);
    workers.drain(drained.index);
    await until('them to be elsewhere', () => moved.every(({ moves }) => moves === 1));
    expect(moved.every((peer) => workerOf(peer) !== drained && running().peers.has(peer.id))).toBe(true);
    await until('it to be empty', () => drained.peers === 0 && drained.routers.size === 0);
    const last = workers.alive.find((worker) => worker !== drained)!;
    expect(() => workers.drain(last.index)).toThrow(/last one/);
    for (const peer of await enterMany(3)) expect(workerOf(peer)).toBe(last);
    workers.undrain(drained.index);
    expect(workerOf(await enter('Later'))).toBe(drained);
  });

  it('changes the number of workers while people meet', async () => {
    const { workers } = stack.sfu;
    const all = await enterMany(8);
    const staying = all.filter((peer) => workerOf(peer)?.index === 0);
    expect(staying.length).toBeGreaterThan(0);
    await workers.resize(3);
    expect(workers.alive).toHaveLength(3);
    expect(workerOf(await enter('New'))?.index).toBe(2);
    await workers.resize(1);
    await until('one worker to be left', () => workers.alive.length === 1);
    expect(workers.alive[0]?.index).toBe(0);
    for (const peer of staying) expect(workerOf(peer)?.index).toBe(0);
    await until('the others to have moved', () =>
      all.every((peer) => peer.moves === (staying.includes(peer) ? 0 : 1) && workerOf(peer)?.index === 0),
    );
    await workers.resize(2);
  });

  it('does not leave itself without a worker that takes people', async () => {
    const { workers } = stack.sfu;
    workers.drain(0);
    await expect(workers.resize(1)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    expect(workers.alive).toHaveLength(2);
    await enter('Still');
    workers.undrain(0);
  });

  it('refuses more tiles than an operator allows', async () => {
    const viewer = await enter('Viewer');
    const tiles = Array.from({ length: 10 }, () => tile(crypto.randomUUID()));
    await expect(show(viewer, ...tiles)).rejects.toMatchObject({ code: 'LIMIT_REACHED' });
    expect(viewer.joined.maxTiles).toBe(9);
  });
});
