/** Many changes in one message: what happened in the room since it was last told. */
import type { EventPayload, PeerId, PeerLeftReason } from '@vcallpe/shared';
import type { Peer } from './peer.ts';

/**
 * At most one message in this time, ms, and in a large room in so much longer as there are more to be told: each message is one
 * write for each of them, so a storm would otherwise cost the square of the room. A single change is told at once.
 */
const INTERVAL_MS = 100;
const INTERVAL_MS_PER_LISTENER = 2.5;
const LONGEST_INTERVAL_MS = 500;

/**
 * Collects who is new, changed or gone, and tells it as a state, not as steps: two hundred joins within a second are
 * ten messages to everyone, and a peer that changed three times is told once.
 */
export class RoomNews {
  readonly #tell: (news: EventPayload<'roomChanged'>) => void;
  readonly #listeners: () => number;
  readonly #changed = new Set<Peer>();
  readonly #left = new Map<PeerId, PeerLeftReason>();
  #timer: NodeJS.Timeout | undefined;
  #toldAt = -Infinity;

  /** @param listeners how many are told */
  constructor(tell: (news: EventPayload<'roomChanged'>) => void, listeners: () => number) {
    this.#tell = tell;
    this.#listeners = listeners;
  }

  changed(peer: Peer): void {
    this.#changed.add(peer);
    this.#schedule();
  }

  left(peer: Peer, reason: PeerLeftReason): void {
    this.#changed.delete(peer);
    this.#left.set(peer.id, reason);
    this.#schedule();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#changed.clear();
    this.#left.clear();
  }

  #schedule(): void {
    if (this.#timer) return;
    // What happens in the same turn of the loop belongs together, so even the first waits for its end.
    const wait = Math.max(0, this.#toldAt + intervalFor(this.#listeners()) - performance.now());
    this.#timer = setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    this.#timer = undefined;
    this.#toldAt = performance.now();
    const peers = [...this.#changed].map((peer) => peer.view());
    const left = [...this.#left].map(([peerId, reason]) => ({ peerId, reason }));
    this.#changed.clear();
    this.#left.clear();
    this.#tell({ peers, left });
  }
}

/** @returns ms */
export function intervalFor(listeners: number): number {
  return Math.min(Math.max(INTERVAL_MS, listeners * INTERVAL_MS_PER_LISTENER), LONGEST_INTERVAL_MS);
}
