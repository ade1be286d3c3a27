import type { ProducerId } from '@vcallpe/shared';
import type { Publication } from './publication.ts';
import type { StatsReports } from './stats.ts';

/** Packets that have left for each producer, all of its layers together. */
export function packetsSent(
  publications: readonly Publication[],
  stats: StatsReports,
): Map<ProducerId, number> {
  const packets = new Map<ProducerId, number>();
  for (const publication of publications) {
    const [mid] = publication.stream() ?? [];
    const { producerId } = publication.sent ?? {};
    if (mid === undefined || producerId === undefined) continue;
    // One for each layer.
    const layers = [...stats.values()].filter(({ type, mid: of }) => type === 'outbound-rtp' && of === mid);
    packets.set(
      producerId,
      layers.reduce((sum, layer) => sum + (layer.packetsSent ?? 0), 0),
    );
  }
  return packets;
}
