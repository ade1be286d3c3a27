/**
 * Two thousand random steps in one room over three workers. After every few of them the room is compared with what it
 * should be: routers, pipes and consumers, what they are paused for, their layers and priorities, in the node's own books
 * and in the workers'.
 */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Room, Tile, TrackSource } from '@vcallpe/shared';
import { until } from '../browser/wait.ts';
import { differences, excessiveDemand, workerBeliefs } from './room-audit.ts';
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
    WORKER_BUDGET_CPU: '1',
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
    const same = (one: Map<string, Tile>, other: Map<string, Tile>) =>
      one.size === other.size &&
      [...one].every(([key, { height, pinned }]) => {
        const now = other.get(key);
        return now?.height === height && now.pinned === pinned;
      });
    const show = async (peer: SimulatedPeer, tiles: Tile[]) => {
      const before = shown.get(peer);
      shown.set(peer, byKey(tiles));
      await peer.request('show', { tiles });
      return !before || !same(before, byKey(tiles));
    };
    /** Each tells whether it changed anything. */
    const steps: Record<string, () => Promise<boolean>> = {
      async join() {
        if (shown.size >= MOST_PEERS) return false;
        const name = `P${(entered += 1)}`;
        const tiles = someTiles();
        const peer = await SimulatedPeer.enter(name, await stack.grant(room.code, name), tiles);
        shown.set(peer, byKey(tiles));
        if (random() < 0.8) await peer.publish('camera');
        if (random() < 0.8) await peer.publish('microphone');
        return true;
      },
      async leave() {
        const peer = pickPeer();
        if (!peer) return false;
        shown.delete(peer);
        if (random() < 0.5) await peer.leave();
        else peer.vanish();
        return true;
      },
      async publish() {
        const peer = pickPeer();
        const source = pick<TrackSource>(['microphone', 'camera', 'screen', 'screenAudio']);
        if (!peer || !source) return false;
        await (peer.producers.has(source) ? peer.unpublish(source) : peer.publish(source));
        return true;
      },
      async pause() {
        const peer = pickPeer();
        const [source, producer] = pick([...(peer?.producers ?? [])]) ?? [];
        if (!source || !producer) return false;
        await peer?.setPaused(source, !producer.paused);
        return true;
      },
      async page() {
        const peer = pickPeer();
        return peer ? show(peer, someTiles(peer)) : false;
      },
      async pin() {
        const peer = pickPeer();
        const tiles = [...((peer && shown.get(peer)?.values()) || [])];
        const pinned = pick(tiles);
        if (!peer || !pinned) return false;
        const large = tile(pinned.peerId, 720, { source: pinned.source, pinned: true });
        return show(
          peer,
          tiles.map((each) => (each === pinned ? large : each)),
        );
      },
      async drain() {
        for (const worker of workers.alive) workers.undrain(worker.index);
        const worker = pick(workers.alive);
        if (!worker || workers.alive.length < 2) return false;
        workers.drain(worker.index);
        await until('the worker to be empty', () => worker.peers === 0 && worker.routers.size === 0);
        await until('everyone to be settled', () => peers().every((peer) => peer.settled || peer.ended));
        return true;
      },
      async kill() {
        const worker = pick(workers.alive);
        if (!worker) return false;
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
        return true;
      },
    };
    const weights = { join: 22, leave: 14, publish: 14, pause: 16, page: 26, pin: 6, drain: 1.6, kill: 0.4 };
    const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    const nextStep = () => {
      let at = random() * total;
      for (const [name, weight] of Object.entries(weights)) if ((at -= weight) < 0) return name;
      return 'page';
    };

    const agree = (what: string, look: () => string[] | Promise<string[]>) => {
      let found: string[] = [];
      const looked = until(
        what,
        async () => {
          found = await look();
          return found.length === 0;
        },
        { everyMs: 20 },
      );
      return looked.catch((error: unknown) => {
        throw new Error(`${String(error)}\n${found.join('\n')}`);
      });
    };
    const audit = (step: number) =>
      agree(`the room to agree with the model at step ${step}`, async () => {
        const current = running();
        if (!current) return shown.size === 0 ? [] : ['the room is closed'];
        return differences(current, shown, AUDIBLE);
      });

    const done: Record<string, number> = {};
    let audited = 0;
    // What changed nothing is no step.
    for (let step = 0; step < STEPS;) {
      // Some steps overlap with the next, as they do in life.
      const names = random() < 0.3 ? [nextStep(), nextStep()] : [nextStep()];
      const calm = names.every((name) => name !== 'drain' && name !== 'kill');
      const take = async (name: string) => {
        if (!(await steps[name]?.())) return;
        done[name] = (done[name] ?? 0) + 1;
        step += 1;
      };
      if (calm) await Promise.all(names.map(take));
      else for (const name of names) await take(name);
      busy.clear();
      if (step - audited >= AUDIT_EVERY) {
        audited = step;
        await audit(step);
      }
    }
    // Everything happened, and often.
    for (const name of Object.keys(weights)) expect(done[name]).toBeGreaterThan(0);

    await audit(STEPS);
    const current = running();
    if (current) {
      await agree('the workers to hold what JavaScript believes', () => workerBeliefs(current));
      await agree('nobody to be told to send more than is looked at', () => excessiveDemand(current, shown));
    }

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
