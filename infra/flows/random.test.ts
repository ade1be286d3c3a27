/**
 * Two thousand random steps in one room over three workers. After every few of them the room is compared with what it
 * should be: routers, pipes and consumers, in the node's own books and in the workers'.
 */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Room, Tile, TrackSource } from '@vcallpe/shared';
import { until } from '../browser/wait.ts';
import { differences } from './room-audit.ts';
import { SimulatedPeer, tile } from './simulated-peer.ts';
import { startStack, type Stack } from './stack.ts';

const STEPS = 2_000;
const AUDIT_EVERY = 20;
const MOST_PEERS = 14;
const AUDIBLE = 3;
const PAGE = 4;
const SEED = Number(process.env['SEED'] ?? 20_261_122);

/** Mulberry32: small, and the same everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

let stack: Stack;
let room: Room;

beforeAll(async () => {
  stack = await startStack({
    WORKERS: '3',
    // Three peers fill a worker, so that the room spreads.
    WORKER_BUDGET_CONSUMERS: '30',
    AUDIBLE_SPEAKERS: String(AUDIBLE),
    HIDDEN_TILE_LINGER_MS: '30',
  });
  const owner = await stack.account('Mia');
  room = await owner.createRoom('Anything goes', { maxParticipants: 100 });
});
afterAll(() => stack?.close());

describe('a room in which anything happens', () => {
  it(`agrees with the model after ${STEPS} random steps (seed ${SEED})`, async () => {
    const random = randomNumbers(SEED);
    const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
    const shown = new Map<SimulatedPeer, Map<string, Tile>>();
    const peers = () => [...shown.keys()];
    /** Steps that overlap are those of different peers: one client does one thing after the other. */
    const busy = new Set<SimulatedPeer>();
    const pickPeer = () => {
      const peer = pick(peers().filter((each) => !busy.has(each)));
      if (peer) busy.add(peer);
      return peer;
    };
    const { workers, rooms } = stack.sfu;
    const running = () => [...rooms.rooms.values()][0];
    let entered = 0;

    const someTiles = (self?: SimulatedPeer): Tile[] => {
      const others = peers().filter((peer) => peer !== self);
      const chosen = new Map<string, Tile>();
      for (let i = 0; i < PAGE && others.length > 0; i += 1) {
        const other = pick(others);
        const source = random() < 0.85 ? 'camera' : 'screen';
        if (other) chosen.set(`${other.id}/${source}`, tile(other.id, pick([90, 180, 360, 720]), { source }));
      }
      return [...chosen.values()];
    };
    const byKey = (tiles: Tile[]) => new Map(tiles.map((each) => [`${each.peerId}/${each.source}`, each]));
    const steps: Record<string, () => Promise<unknown> | undefined> = {
      async join() {
        if (shown.size >= MOST_PEERS) return;
        const name = `P${(entered += 1)}`;
        const tiles = someTiles();
        const peer = await SimulatedPeer.enter(name, await stack.grant(room.code, name), tiles);
        shown.set(peer, byKey(tiles));
        if (random() < 0.8) await peer.publish('camera');
        if (random() < 0.8) await peer.publish('microphone');
      },
      async leave() {
        const peer = pickPeer();
        if (!peer) return;
        shown.delete(peer);
        if (random() < 0.5) await peer.leave();
        else peer.vanish();
      },
      publish() {
        const peer = pickPeer();
        const source = pick<TrackSource>(['microphone', 'camera', 'screen', 'screenAudio']);
        if (!peer || !source) return undefined;
        return peer.producers.has(source) ? peer.unpublish(source) : peer.publish(source);
      },
      pause() {
        const peer = pickPeer();
        const [source, producer] = pick([...(peer?.producers ?? [])]) ?? [];
        return source && producer && peer?.setPaused(source, !producer.paused);
      },
      page() {
        const peer = pickPeer();
        if (!peer) return undefined;
        const tiles = someTiles(peer);
        shown.set(peer, byKey(tiles));
        return peer.request('show', { tiles });
      },
      pin() {
        const peer = pickPeer();
        const tiles = [...((peer && shown.get(peer)?.values()) || [])];
        const pinned = pick(tiles);
        if (!peer || !pinned) return undefined;
        const changed = tiles.map((each) =>
          each === pinned ? tile(each.peerId, 720, { source: each.source, pinned: true }) : each,
        );
        shown.set(peer, byKey(changed));
        return peer.request('show', { tiles: changed });
      },
      async drain() {
        for (const worker of workers.alive) workers.undrain(worker.index);
        const worker = pick(workers.alive);
        if (!worker || workers.alive.length < 2) return;
        workers.drain(worker.index);
        await until('the worker to be empty', () => worker.peers === 0 && worker.routers.size === 0);
        await until('everyone to be settled', () => peers().every((peer) => peer.settled || peer.ended));
      },
      async kill() {
        const worker = pick(workers.alive);
        if (!worker) return;
        const homeOf = (peer: SimulatedPeer) => running()?.peers.get(peer.id)?.home?.mediaWorker;
        const lost = peers().filter((peer) => homeOf(peer) === worker);
        const movesBefore = new Map(lost.map((peer) => [peer, peer.moves]));
        const gone = once(worker.worker, 'subprocessclose');
        process.kill(worker.worker.pid, 'SIGKILL');
        await gone;
        await until('those on it to have moved', () =>
          lost.every((peer) => peer.moves > (movesBefore.get(peer) ?? 0) && peer.settled),
        );
        await until('another worker', () => workers.alive.length === 3);
      },
    };
    const weights = { join: 22, leave: 14, publish: 14, pause: 16, page: 26, pin: 6, drain: 1.6, kill: 0.4 };
    const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    const nextStep = () => {
      let at = random() * total;
      for (const [name, weight] of Object.entries(weights)) if ((at -= weight) < 0) return name;
      return 'page';
    };

    const agrees = async () => {
      const current = running();
      const expected = new Map([...shown].map(([peer, tiles]) => [peer, new Set(tiles.keys())]));
      if (!current) return shown.size === 0 ? [] : ['the room is closed'];
      return differences(current, expected, AUDIBLE);
    };
    const audit = async (step: number) => {
      let found: string[] = [];
      await until(`the room to agree with the model at step ${step}`, async () => {
        found = await agrees();
        return found.length === 0;
      }).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${found.join('\n')}`);
      });
    };

    const done: Record<string, number> = {};
    for (let step = 1; step <= STEPS; step += 1) {
      // Some steps overlap with the next, as they do in life.
      const names = random() < 0.3 ? [nextStep(), nextStep()] : [nextStep()];
      const calm = names.every((name) => name !== 'drain' && name !== 'kill');
      for (const name of names) done[name] = (done[name] ?? 0) + 1;
      if (calm) await Promise.all(names.map((name) => steps[name]?.()));
      else for (const name of names) await steps[name]?.();
      busy.clear();
      if (step % AUDIT_EVERY === 0) await audit(step);
    }
    // Everything happened, and often.
    for (const name of Object.keys(weights)) expect(done[name]).toBeGreaterThan(0);

    await Promise.all(peers().map((peer) => peer.leave()));
    shown.clear();
    await until('the room to close', () => rooms.rooms.size === 0);
    const left = await Promise.all(
      workers.alive.map(async ({ worker, webRtcServer }) => [
        ...(await worker.dump()).routerIds,
        ...(await webRtcServer.dump()).webRtcTransportIds,
      ]),
    );
    expect(left.flat()).toEqual([]);
    expect(workers.alive.map(({ peers: count, activeConsumers }) => [count, activeConsumers])).toEqual(
      workers.alive.map(() => [0, 0]),
    );
  }, 300_000);
});
