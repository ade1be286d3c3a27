/** The others in the room, as one participant knows them. */
import type { EventPayload, PeerId, PeerView, ProducerId } from '@vcallpe/shared';
import { sentCamera } from './expectation.ts';

export interface PauseChanges {
  paused: ProducerId[];
  resumed: ProducerId[];
}

export class Roster {
  readonly #self: PeerId;
  readonly #peers = new Map<PeerId, PeerView>();
  readonly #publishers = new Set<PeerId>();

  constructor(self: PeerId, peers: readonly PeerView[]) {
    this.#self = self;
    this.apply({ peers: [...peers], left: [] });
  }

  get peers(): ReadonlyMap<PeerId, PeerView> {
    return this.#peers;
  }

  /** Those whose camera is on. */
  get publishers(): ReadonlySet<PeerId> {
    return this.#publishers;
  }

  /** @returns the tracks that were there before and are paused now, or no longer are */
  apply({ peers, left }: EventPayload<'roomChanged'>): PauseChanges {
    const changes: PauseChanges = { paused: [], resumed: [] };
    for (const { peerId } of left) {
      this.#peers.delete(peerId);
      this.#publishers.delete(peerId);
    }
    for (const peer of peers) {
      if (peer.peerId === this.#self) continue;
      const before = this.#peers.get(peer.peerId)?.producers ?? [];
      for (const { producerId, paused } of peer.producers) {
        const was = before.find((producer) => producer.producerId === producerId)?.paused;
        if (was === undefined || was === paused) continue;
        changes[paused ? 'paused' : 'resumed'].push(producerId);
      }
      this.#peers.set(peer.peerId, peer);
      if (sentCamera(peer)) this.#publishers.add(peer.peerId);
      else this.#publishers.delete(peer.peerId);
    }
    return changes;
  }
}
