/** Hands and reactions: what people show without words. */
import type { EventPayload, PeerId, Reaction } from '@vcallpe/shared';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

/** Reactions of so long are told together, ms. */
const INTERVAL_MS = 100;
/** More at a time nobody sees: the rest of a storm is left out. */
const BATCH_MAX = 100;

/** A hand that is up keeps its time, so that its place in the line is kept too. */
export function setHand(room: Room, peer: Peer, raised: boolean): void {
  if (raised === (peer.handRaisedAt !== undefined)) return;
  peer.handRaisedAt = raised ? Date.now() : undefined;
  room.changed(peer);
}

/** Reactions of one room, many in one message. Nobody who is away just then hears of them later. */
export class Reactions {
  readonly #tell: (payload: EventPayload<'reactions'>) => void;
  #batch: EventPayload<'reactions'>['reactions'] = [];

  constructor(tell: (payload: EventPayload<'reactions'>) => void) {
    this.#tell = tell;
  }

  add(peerId: PeerId, reaction: Reaction): void {
    if (this.#batch.length === 0) setTimeout(() => this.#flush(), INTERVAL_MS);
    if (this.#batch.length < BATCH_MAX) this.#batch.push({ peerId, reaction });
  }

  #flush(): void {
    const reactions = this.#batch;
    this.#batch = [];
    this.#tell({ reactions });
  }
}
