/** Who receives what of whom, by packets and not by what the server thinks. */
import type { PeerId, TrackSource } from '@vcallpe/shared';
import type { Crowd } from './crowd.ts';
import type { MediaPool } from './media-calls.ts';

/**
 * What has come after `sinceMs`, Unix time in ms: one for each track and each of those who receive it.
 *
 * @param counts of which tracks it is asked
 */
export async function flowingPairs(
  { participants }: Crowd,
  { all }: MediaPool,
  sinceMs: number,
  counts: (source: TrackSource, from: PeerId) => boolean = (source) => source === 'camera',
): Promise<Set<string>> {
  const figures = await Promise.all(all.map((media) => media.call('figures', {})));
  const pairs = new Set<string>();
  for (const { id, peerId, viewing } of participants) {
    const streams = figures.flatMap(({ received }) => received[id]?.streams ?? []);
    const recent = streams.filter(({ lastPacketAtMs }) => (lastPacketAtMs ?? 0) > sinceMs);
    const flowing = new Set(recent.map(({ consumerId }) => viewing.producerOf(consumerId)));
    for (const from of viewing.others.values()) {
      for (const { source, producerId } of from.producers) {
        if (counts(source, from.peerId) && flowing.has(producerId)) {
          pairs.add(`${from.peerId}/${source} → ${peerId}`);
        }
      }
    }
  }
  return pairs;
}
