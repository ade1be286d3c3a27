/** Cameras on the screen whose picture stands still although it should not: what comes of it is too little to show. Pure. */
import type { ProducerId, Tile } from '@vcallpe/shared';
import type { ReceivedSample } from './sample.ts';

/** Shorter, and it is a hitch that nobody needs words for, ms. */
const STILL_AFTER_MS = 2_000;

export class StillPictures {
  /** When each last moved, or began to be looked at. */
  readonly #movedAt = new Map<ProducerId, number>();

  /**
   * A shared screen may well stand still.
   *
   * @param shown what is on the screen
   * @param at Unix ms
   */
  add(received: readonly ReceivedSample[], shown: readonly Tile[], at: number): ReadonlySet<ProducerId> {
    const onScreen = new Set(shown.filter(({ source }) => source === 'camera').map(({ peerId }) => peerId));
    const cameras = received.filter(({ source, peerId }) => source === 'camera' && onScreen.has(peerId));
    const known = new Set(cameras.map(({ producerId }) => producerId));
    for (const producerId of this.#movedAt.keys())
      if (!known.has(producerId)) this.#movedAt.delete(producerId);
    for (const { producerId, frames } of cameras) {
      if (frames !== 0 || !this.#movedAt.has(producerId)) this.#movedAt.set(producerId, at);
    }
    return new Set(
      [...this.#movedAt].filter(([, movedAt]) => at - movedAt >= STILL_AFTER_MS).map(([id]) => id),
    );
  }

  /** What was seen was of a connection that is gone. */
  clear(): void {
    this.#movedAt.clear();
  }
}
