/**
 * Compares a running room with what should be, down to what the workers themselves say they hold. What should be follows from
 * what the clients did and were told, never from the books of the server that is compared with it.
 */
import type { SfuNode } from '@vcallpe/sfu-server';
import type { Tile, TrackSource } from '@vcallpe/shared';
import type { SimulatedPeer } from './simulated-peer.ts';

type Room = SfuNode['rooms']['rooms'] extends ReadonlyMap<string, infer R> ? R : never;
type Peer = Room['peers'] extends ReadonlyMap<string, infer P> ? P : never;
type Consumer = Peer['receiving']['consumers'] extends Map<string, infer C> ? C : never;
type RouterDump = Awaited<ReturnType<Awaited<ReturnType<Room['mesh']['place']>>['router']['dump']>>;

/** What one simulated peer shows: by `peerId/source`. */
export type Shown = ReadonlyMap<SimulatedPeer, ReadonlyMap<string, Tile>>;

/** Who is served first when bandwidth is short. Nobody speaks in these flows. */
const PRIORITY = { screen: 200, pinned: 150, other: 1 };
/** Heights of tiles up to which a layer of 180, 360 and 720 is enough. */
const ENOUGH = [240, 480];

interface Sent {
  id: string;
  source: TrackSource;
  paused: boolean;
  from: SimulatedPeer;
}

/** Where each peer is at home, and what is held by whom, as one audit sees it. */
interface World {
  room: Room;
  shown: Shown;
  sent: Map<string, Sent>;
  /** Router of each peer, by what the workers say of its transports. */
  homes: Map<SimulatedPeer, string>;
  dumps: RouterDump[];
}

/**
 * What differs from what should be; empty when all is well. Hidden tiles must have lingered out before.
 *
 * @param audible K, the most that anybody hears
 */
export async function differences(room: Room, shown: Shown, audible: number): Promise<string[]> {
  const world = await look(room, shown);
  return [
    ...compare(
      'peers',
      [...room.peers.keys()],
      [...shown.keys()].map(({ id }) => id),
    ),
    ...[...shown.keys()].flatMap((peer) => consumerDifferences(world, peer, audible)),
    ...[...world.sent.values()].flatMap((sent) => demandDifferences(world, sent, 'at least')),
    ...meshDifferences(world),
  ];
}

/** What publishers were told to send that nobody looks at: a layer is switched off only after a while. */
export function excessiveDemand(room: Room, shown: Shown): string[] {
  const world = { room, shown, sent: everythingSent(shown) };
  return [...world.sent.values()].flatMap((sent) => demandDifferences(world, sent, 'exactly'));
}

/** What the workers hold beyond JavaScript's belief: each consumer is asked for itself. */
export async function workerBeliefs(room: Room): Promise<string[]> {
  const consumers = [...room.peers.values()].flatMap(({ receiving }) => [...receiving.consumers.values()]);
  const wrong = await Promise.all(
    consumers.map(async (consumer) => {
      const { paused, producerPaused, priority } = await consumer.dump();
      const same =
        paused === consumer.paused &&
        producerPaused === consumer.producerPaused &&
        priority === consumer.priority;
      return same
        ? []
        : [
            `a worker sees ${consumer.kind} ${consumer.id} otherwise: ${JSON.stringify({ paused, producerPaused, priority })}`,
          ];
    }),
  );
  return wrong.flat();
}

async function look(room: Room, shown: Shown): Promise<World> {
  const dumps = await Promise.all([...room.mesh.routers.values()].map(({ router }) => router.dump()));
  const homes = new Map<SimulatedPeer, string>();
  for (const peer of shown.keys()) {
    const home = dumps.find(({ transportIds }) => transportIds.includes(peer.transports.recvTransport.id));
    homes.set(peer, home?.id ?? 'none');
  }
  return { room, shown, sent: everythingSent(shown), homes, dumps };
}

function everythingSent(shown: Shown): Map<string, Sent> {
  const all = [...shown.keys()].flatMap((from) =>
    Array.from(from.producers, ([source, { id, paused }]) => ({ id, source, paused, from })),
  );
  return new Map(all.map((sent) => [sent.id, sent]));
}

const isVideo = ({ source }: Sent) => source === 'camera' || source === 'screen';
const tileOf = ({ shown }: Pick<World, 'shown'>, viewer: SimulatedPeer, { from, source }: Sent) =>
  from === viewer ? undefined : shown.get(viewer)?.get(`${from.id}/${source}`);

/** What the peer must receive, paused or not: videos on its screen, the sound of every share, voices, and those kept ready. */
function wanted(world: World, peer: SimulatedPeer): { active: Sent[]; microphones: Sent[] } {
  const others = [...world.sent.values()].filter(({ from }) => from !== peer);
  return {
    active: others.filter(
      (sent) => sent.source === 'screenAudio' || (isVideo(sent) && tileOf(world, peer, sent)),
    ),
    microphones: others.filter(({ source, paused }) => source === 'microphone' && !paused),
  };
}

function heldBy({ room }: World, peer: SimulatedPeer): Map<string, Consumer> {
  return room.peers.get(peer.id)?.receiving.consumers ?? new Map<string, never>();
}

function consumerDifferences(world: World, peer: SimulatedPeer, audible: number): string[] {
  const held = heldBy(world, peer);
  const { active, microphones } = wanted(world, peer);
  const ids = (sent: readonly Sent[]) => sent.map(({ id }) => id);
  const voices = [...held].filter(([id]) => world.sent.get(id)?.source === 'microphone');
  const heard = voices.filter(([, { paused }]) => !paused);
  const others = [...held].filter(([id]) => world.sent.get(id)?.source !== 'microphone');
  const wrong = compare(
    `held by ${peer.name}, but for voices`,
    others.map(([id]) => id),
    ids(active),
  );
  for (const [id, consumer] of others) if (consumer.paused) wrong.push(`${peer.name} waits for ${id}`);
  // Which of the voices are the loudest, and which likely to be, is the ranking's affair; how many is not.
  if (heard.length !== Math.min(audible, microphones.length)) {
    wrong.push(`${peer.name} hears ${heard.length} of ${microphones.length}`);
  }
  if (voices.length - heard.length > audible + 1) wrong.push(`${peer.name} has too many voices ready`);
  const there = world.room.peers.get(peer.id);
  const ranked = there && world.room.speakers.microphonesFor(there);
  wrong.push(
    ...compare(
      `voices for ${peer.name}`,
      voices.map(([id]) => id),
      [...(ranked?.heard ?? []), ...(ranked?.warm ?? [])].map(({ id }) => id),
    ),
  );
  if (voices.some(([id]) => world.sent.get(id)?.paused)) wrong.push(`${peer.name} holds a muted microphone`);
  for (const [id, consumer] of held) {
    const sent = world.sent.get(id);
    if (sent) wrong.push(...qualityDifferences(world, peer, sent, consumer));
  }
  // What its client was offered, and what it has been told of since, is what the server holds.
  wrong.push(
    ...compare(
      `offers to ${peer.name}`,
      [...peer.offered.keys()],
      [...held.values()].map(({ id }) => id),
    ),
  );
  return wrong;
}

/** A pause of the publisher, and the size and place of the tile, have come through to the consumer. */
function qualityDifferences(world: World, peer: SimulatedPeer, sent: Sent, consumer: Consumer): string[] {
  const what = `${sent.source} of ${sent.from.name} for ${peer.name}`;
  const wrong: string[] = [];
  if (consumer.producerPaused !== sent.paused) wrong.push(`${what}: paused is not ${sent.paused}`);
  const tile = tileOf(world, peer, sent);
  if (!tile) return wrong;
  const priority =
    sent.source === 'screen' ? PRIORITY.screen : tile.pinned ? PRIORITY.pinned : PRIORITY.other;
  if (consumer.priority !== priority) wrong.push(`${what}: priority ${consumer.priority}, not ${priority}`);
  const layer = consumer.preferredLayers?.spatialLayer;
  if (sent.source === 'camera' && layer !== layerOf(sent, tile)) {
    wrong.push(`${what}: layer ${layer}, not ${layerOf(sent, tile)}`);
  }
  return wrong;
}

function layerOf({ source }: Sent, { height }: Tile): number {
  const layer = ENOUGH.findIndex((enough) => height <= enough);
  // A screen is sent in one layer.
  return source === 'screen' ? 0 : layer === -1 ? ENOUGH.length : layer;
}

/** What the publisher was told to send, against the largest tile that anybody shows of it. */
function demandDifferences(world: Pick<World, 'shown'>, sent: Sent, how: 'at least' | 'exactly'): string[] {
  if (!isVideo(sent)) return [];
  const layers = [...world.shown.keys()].map((viewer) => {
    const tile = tileOf(world, viewer, sent);
    return tile ? layerOf(sent, tile) : -1;
  });
  const needed = Math.max(-1, ...layers);
  const told = sent.from.layersWanted.get(sent.id) ?? -1;
  const fits = how === 'exactly' ? told === needed : told >= needed;
  return fits
    ? []
    : [`${sent.from.name} was told layer ${told} for its ${sent.source}, ${how} ${needed} is needed`];
}

/** A router for each worker where somebody is at home; a pipe for each producer and router where it is held; and no more. */
function meshDifferences(world: World): string[] {
  const { room, shown, sent, homes, dumps } = world;
  const consumersOf = new Map<string, number>();
  const pipes = new Set<string>();
  const add = (key: string) => consumersOf.set(key, (consumersOf.get(key) ?? 0) + 1);
  for (const peer of shown.keys()) {
    for (const id of heldBy(world, peer).keys()) {
      const from = sent.get(id)?.from;
      add(`${id}>${homes.get(peer)}`);
      if (from && homes.get(from) !== homes.get(peer)) pipes.add(`${id}>${homes.get(peer)}`);
    }
  }
  // The near end of each pipe is one more consumer there.
  for (const pipe of pipes) {
    const from = sent.get(pipe.split('>')[0] ?? '')?.from;
    if (from) add(`${pipe.split('>')[0]}>${homes.get(from)}`);
  }
  const atHome = [...sent.values()].map(({ id, from }) => `${id}>${homes.get(from)}`);
  const inWorkers = dumps.flatMap(({ id: router, mapProducerIdConsumerIds }) =>
    mapProducerIdConsumerIds.map(({ key, values }) => ({ key: `${key}>${router}`, count: values.length })),
  );
  return [
    ...compare(
      'routers',
      dumps.map(({ id }) => id),
      [...new Set(homes.values())],
    ),
    ...compare('pipes', [...room.mesh.pipes.keys], [...pipes]),
    ...compare(
      'producers in workers',
      inWorkers.map(({ key }) => key),
      [...atHome, ...pipes],
    ),
    ...compare(
      'consumers in workers',
      inWorkers.map(({ key, count }) => `${key}: ${count}`),
      [...atHome, ...pipes].map((key) => `${key}: ${consumersOf.get(key) ?? 0}`),
    ),
  ];
}

function compare(what: string, actual: readonly string[], expected: readonly string[]): string[] {
  const missing = expected.filter((id) => !actual.includes(id));
  const extra = actual.filter((id) => !expected.includes(id));
  const doubled = actual.length !== new Set(actual).size;
  if (missing.length === 0 && extra.length === 0 && !doubled) return [];
  return [
    `${what}: missing ${missing.join() || 'none'}, too many ${extra.join() || 'none'}${doubled ? ', doubled' : ''}`,
  ];
}
