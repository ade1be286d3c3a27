/** Compares a running room with what should be, down to what the workers themselves say they hold. */
import type { SfuNode } from '@vcallpe/sfu-server';
import type { SimulatedPeer } from './simulated-peer.ts';

type Room = SfuNode['rooms']['rooms'] extends ReadonlyMap<string, infer R> ? R : never;

/** What one simulated peer shows: keys `peerId/source`. */
export type Shown = ReadonlyMap<SimulatedPeer, ReadonlySet<string>>;

/**
 * What differs from what should be; empty when all is well.
 *
 * @param audible K, the most that anybody hears
 */
export async function differences(room: Room, shown: Shown, audible: number): Promise<string[]> {
  return [
    ...peerDifferences(room, shown),
    ...[...shown].flatMap(([peer, tiles]) => subscriptionDifferences(room, shown, peer, tiles, audible)),
    ...meshDifferences(room),
    ...(await workerDifferences(room)),
  ];
}

function peerDifferences(room: Room, shown: Shown): string[] {
  return compare(
    'peers',
    [...room.peers.keys()],
    [...shown.keys()].map(({ id }) => id),
  );
}

/** Consumers of one peer: the videos on its screen, the sound of every share, and as many unmuted microphones as it may hear. */
function subscriptionDifferences(
  room: Room,
  shown: Shown,
  peer: SimulatedPeer,
  tiles: ReadonlySet<string>,
  audible: number,
): string[] {
  const held = room.peers.get(peer.id)?.receiving.consumers ?? new Map<string, never>();
  const active = [...held.values()].filter((consumer) => !consumer.paused);
  const others = [...shown.keys()].filter((other) => other !== peer);
  const videos = others.flatMap((other) =>
    (['camera', 'screen'] as const)
      .filter((source) => tiles.has(`${other.id}/${source}`))
      .flatMap((source) => other.producers.get(source)?.id ?? []),
  );
  const microphones = others.flatMap(({ producers }) => producers.get('microphone') ?? []);
  const unmuted = new Set(microphones.filter(({ paused }) => !paused).map(({ id }) => id));
  const shareSounds = others.flatMap(({ producers }) => producers.get('screenAudio')?.id ?? []);
  const sounds = active.filter(({ kind }) => kind === 'audio').map(({ producerId }) => producerId);
  const isOfShare = (producerId: string) => room.shareSounds.has(producerId);
  const heard = sounds.filter((producerId) => !isOfShare(producerId));

  const wrong = compare(
    `videos of ${peer.name}`,
    active.filter(({ kind }) => kind === 'video').map(({ producerId }) => producerId),
    videos,
  );
  // What is shared is heard by everyone: it is not ranked among the voices, and takes no place of theirs.
  wrong.push(...compare(`sounds of shares for ${peer.name}`, sounds.filter(isOfShare), shareSounds));
  if (heard.length !== Math.min(audible, unmuted.size)) {
    wrong.push(`${peer.name} hears ${heard.length} of ${unmuted.size}`);
  }
  if (heard.some((id) => !unmuted.has(id))) wrong.push(`${peer.name} hears a muted microphone`);
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

/** A router for each worker where somebody is at home, a pipe for each producer and router where it is consumed. */
function meshDifferences(room: Room): string[] {
  const homes = new Set([...room.peers.values()].map(({ home }) => home?.router.id ?? 'none'));
  const routers = [...room.mesh.routers.values()].map(({ router }) => router.id);
  return [
    ...compare('routers', routers, [...homes]),
    ...compare('pipes', [...room.mesh.pipes.keys], [...expectedPipes(room)]),
  ];
}

function expectedPipes(room: Room): Set<string> {
  const homeOf = new Map<string, string | undefined>();
  for (const { producers, home } of room.peers.values()) {
    for (const id of producers.keys()) homeOf.set(id, home?.router.id);
  }
  const pipes = new Set<string>();
  for (const { receiving, home } of room.peers.values()) {
    for (const producerId of receiving.consumers.keys()) {
      if (homeOf.get(producerId) !== home?.router.id) pipes.add(`${producerId}>${home?.router.id}`);
    }
  }
  return pipes;
}

/** Each worker's own list of what is on its router: producers, piped ones too, and who consumes them. */
async function workerDifferences(room: Room): Promise<string[]> {
  const pipes = expectedPipes(room);
  const wrong = await Promise.all(
    [...room.mesh.routers.values()].map(async ({ router }) => {
      const dump = await router.dump();
      const here = [...room.peers.values()].filter(({ home }) => home?.router === router);
      const producers = here.flatMap((peer) => [...peer.producers.keys()]);
      const pipedIn = [...pipes]
        .filter((key) => key.endsWith(`>${router.id}`))
        .map((key) => key.split('>')[0] ?? '');
      const pipedOut = [...pipes].filter((key) => producers.includes(key.split('>')[0] ?? ''));
      const consumers = here.reduce((sum, peer) => sum + peer.receiving.count, 0);
      const dumped = dump.mapProducerIdConsumerIds;
      return [
        ...compare(
          'producers in a worker',
          dumped.map(({ key }) => key),
          [...producers, ...pipedIn],
        ),
        ...compare(
          'number of consumers in a worker',
          [String(dumped.reduce((sum, { values }) => sum + values.length, 0))],
          [String(consumers + pipedOut.length)],
        ),
      ];
    }),
  );
  return wrong.flat();
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
