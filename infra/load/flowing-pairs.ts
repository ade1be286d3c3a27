/** Who gets whose camera, by packets and not by what the server thinks. */
import type { Crowd } from './crowd.ts';
import type { MediaPool } from './media-calls.ts';

/** Pairs of people of whom the second has had a packet of the first one's camera after `sinceMs`, Unix time in ms. */
export async function flowingPairs(crowd: Crowd, { all }: MediaPool, sinceMs: number): Promise<number> {
  const figures = await Promise.all(all.map((media) => media.call('figures', {})));
  return crowd.participants.reduce((sum, { id, viewing }) => {
    const flowing = new Set(
      figures
        .flatMap(({ received }) => received[id]?.streams ?? [])
        .filter(({ lastPacketAtMs }) => (lastPacketAtMs ?? 0) > sinceMs)
        .map(({ consumerId }) => viewing.producerOf(consumerId)),
    );
    const cameras = [...viewing.others.values()].flatMap(({ producers }) =>
      producers.filter(({ source, producerId }) => source === 'camera' && flowing.has(producerId)),
    );
    return sum + cameras.length;
  }, 0);
}
