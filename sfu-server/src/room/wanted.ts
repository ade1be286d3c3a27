/** What a peer should receive now, from what it shows and who is heard. */
import { tileKey, type MediaProducer, type Peer } from './peer.ts';
import type { Room } from './room.ts';
import { layerFor } from './layers.ts';

/** Who keeps quality when bandwidth is short. mediasoup's range is 1 to 255; higher is served first. */
export const PRIORITY = { screen: 200, pinned: 150, speaker: 100, other: 1 } as const;

export interface Wanted {
  readonly from: Peer;
  readonly producer: MediaProducer;
  /** False: to be ready, but paused. */
  readonly active: boolean;
  /** Video alone. */
  readonly spatialLayer?: number;
  readonly priority?: number;
}

/** By producer id. Whatever is not in it should not be received. */
export function wantedBy(room: Room, peer: Peer): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const tile of peer.tiles.values()) {
    const from = room.peers.get(tile.peerId);
    const producer = from?.producerOf(tile.source);
    if (!from || !producer || from === peer) continue;
    wanted.set(producer.id, {
      from,
      producer,
      active: true,
      spatialLayer: layerFor(tile, producer.appData.layerHeights),
      priority: priorityOf(room, from, producer, tile.pinned ?? false),
    });
  }
  const { heard, warm } = room.speakers.microphonesFor(peer);
  for (const { peer: from, producer } of heard) wanted.set(producer.id, { from, producer, active: true });
  for (const { peer: from, producer } of warm) wanted.set(producer.id, { from, producer, active: false });
  for (const { peer: from, producer } of room.shareSounds.values()) {
    if (from !== peer) wanted.set(producer.id, { from, producer, active: true });
  }
  return wanted;
}

function priorityOf(room: Room, from: Peer, producer: MediaProducer, pinned: boolean): number {
  if (producer.appData.source === 'screen') return PRIORITY.screen;
  if (pinned) return PRIORITY.pinned;
  return room.speakers.isSpeaking(from.id) ? PRIORITY.speaker : PRIORITY.other;
}

/** The layer of this producer that the peer's screen asks for, or undefined when it does not show it. */
export function layerWanted(peer: Peer, from: Peer, producer: MediaProducer): number | undefined {
  const { source, layerHeights } = producer.appData;
  if (source === 'microphone' || source === 'screenAudio') return undefined;
  const tile = peer.tiles.get(tileKey({ peerId: from.id, source }));
  return tile && layerFor(tile, layerHeights);
}
