/** How long it takes until every tile of a page shows something. */
import type { ProducerId } from '@vcallpe/shared';

export interface TilesShown {
  /** From the beginning to the first frame of each tile, ms, in the order that they came. */
  tilesMs: number[];
  /** To the last of them; undefined when some tile has not begun, or was given up before it had, or when there was none. */
  allTilesMs: number | undefined;
}

interface Watch {
  startMs: number;
  waiting: Set<ProducerId>;
  tilesMs: number[];
  /** Some tile was turned away before it had begun: nobody knows whether it would have. */
  incomplete: boolean;
  resolve(shown: TilesShown): void;
}

export class FirstFrames {
  readonly #watches = new Set<Watch>();

  /**
   * Resolves when each of these has begun, or is wanted no longer, or after `withinMs`.
   *
   * @param startMs Unix time in ms
   */
  watch(producerIds: Iterable<ProducerId>, startMs: number, withinMs: number): Promise<TilesShown> {
    return new Promise((resolve) => {
      const watch: Watch = {
        startMs,
        waiting: new Set(producerIds),
        tilesMs: [],
        incomplete: false,
        resolve,
      };
      this.#watches.add(watch);
      const timer = setTimeout(() => this.#end(watch), withinMs);
      watch.resolve = (shown) => {
        clearTimeout(timer);
        resolve(shown);
      };
      this.#look(watch);
    });
  }

  began(producerId: ProducerId, atMs: number): void {
    for (const watch of this.#watches) {
      if (!watch.waiting.delete(producerId)) continue;
      watch.tilesMs.push(atMs - watch.startMs);
      this.#look(watch);
    }
  }

  /** Nobody waits for this one any longer: its peer has left, or the page was turned. What it was waited for is incomplete. */
  forget(producerId: ProducerId): void {
    for (const watch of this.#watches) {
      if (!watch.waiting.delete(producerId)) continue;
      watch.incomplete = true;
      this.#look(watch);
    }
  }

  close(): void {
    for (const watch of this.#watches) this.#end(watch);
  }

  #look(watch: Watch): void {
    if (watch.waiting.size === 0) this.#end(watch);
  }

  #end(watch: Watch): void {
    this.#watches.delete(watch);
    const { tilesMs, waiting, incomplete } = watch;
    const complete = !incomplete && waiting.size === 0 && tilesMs.length > 0;
    watch.resolve({ tilesMs, allTilesMs: complete ? Math.max(...tilesMs) : undefined });
  }
}
