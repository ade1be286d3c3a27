/** How long it takes until each tile of a page gets the layer that its size needs, read from the SFU's own consumers. */
import { setTimeout as delay } from 'node:timers/promises';
import type { PeerId, Tile } from '@vcallpe/shared';
import { until } from '../../browser/wait.ts';
import { startStack, type Stack } from '../../flows/stack.ts';
import { now } from '../../load/clock.ts';
import { Crowd } from '../../load/crowd.ts';
import { forkMedia } from '../../load/processes.ts';
import { CAMERA } from './camera.ts';
import { Viewer } from './viewer.ts';

/** More than linger after a page is turned (40), so that who comes again is new: pages of nine go round all of them. */
const PUBLISHERS = 63;
const PAGE = 9;
const TURNS = 21;
/** Before the first turn, ms: a room that people page through has not just been filled. */
const SETTLE_MS = 6_000;
/** A page that is right is looked at for so long, ms: who leafs on ten times a second waits for no layer. */
const LOOKED_AT_MS = 1_000;
/** Every third tile is large, and needs a layer that nobody else looks at. */
const SIZES = [
  { width: 320, height: 180, layer: 0 },
  { width: 640, height: 360, layer: 1 },
  { width: 1280, height: 720, layer: 2 },
];

/** @returns ms from the turn of a page until a tile is on its layer, for every tile of every turn */
export async function measureLayers(): Promise<number[]> {
  // Two workers, so that about half of the tiles come through a pipe.
  const stack = await startStack({ WORKERS: '2', WORKER_BUDGET_CONSUMERS: '100' });
  const owner = await stack.account('Paging');
  const { code } = await owner.createRoom('Paging', { maxParticipants: PUBLISHERS + 1 });
  const crowd = new Crowd({
    admit: async (name) => ({ grant: await stack.grant(code, name), askedAtMs: now() }),
    media: await forkMedia({ publishers: PUBLISHERS, receivers: PUBLISHERS }),
    video: CAMERA,
    page: 0,
    bandwidthEstimation: 'twcc',
    seed: 11,
  });
  try {
    for (let i = 0; i < PUBLISHERS; i += 1) await crowd.join({ publishes: true, speaks: false });
    const ids = crowd.participants.map(({ peerId }) => peerId).filter((id) => id !== undefined);
    const viewer = await Viewer.enter(await stack.grant(code, 'Viewer'));
    const times: number[] = [];
    await delay(SETTLE_MS);
    for (let turn = 0; turn < TURNS; turn += 1) {
      const page = Array.from({ length: PAGE }, (_, i) => ids[(turn * PAGE + i) % ids.length] ?? '');
      times.push(...(await timeTurn(stack, viewer, page)));
      await delay(LOOKED_AT_MS);
    }
    viewer.close();
    return times;
  } finally {
    await crowd.close();
    await stack.close();
  }
}

/** Turns to these people. @returns ms until each is on its layer */
async function timeTurn(stack: Stack, viewer: Viewer, page: readonly PeerId[]): Promise<number[]> {
  const sizes = page.map((_, i) => SIZES[i % SIZES.length] ?? { width: 320, height: 180, layer: 0 });
  const tiles: Tile[] = page.map((peerId, i) => ({
    peerId,
    source: 'camera',
    width: sizes[i]?.width ?? 1,
    height: sizes[i]?.height ?? 1,
  }));
  const startedAt = performance.now();
  await viewer.show(tiles);
  const times = new Map<PeerId, number>();
  await until(
    'every tile to be on its layer',
    () => {
      for (const [i, peerId] of page.entries()) {
        const layer = currentLayer(stack, viewer.peerId, peerId);
        if (layer === sizes[i]?.layer && !times.has(peerId)) times.set(peerId, performance.now() - startedAt);
      }
      return times.size === page.length;
    },
    { everyMs: 10 },
  );
  return [...times.values()];
}

function currentLayer(stack: Stack, viewerId: PeerId, publisherId: PeerId): number | undefined {
  const [room] = stack.sfu.rooms.rooms.values();
  const producer = room?.peers.get(publisherId)?.producerOf('camera');
  const consumer = producer && room?.peers.get(viewerId)?.receiving.consumerOf(producer.id);
  return consumer?.currentLayers?.spatialLayer;
}
