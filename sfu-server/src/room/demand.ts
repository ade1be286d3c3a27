/**
 * Dynacast: which layers of each video somebody shows, told to its publisher, which switches the others off. Without
 * it every publisher uploads, and every worker receives, layers that nobody looks at.
 */
import type { MediaProducer, Peer } from './peer.ts';

/** How long a layer goes on after the last one who wanted it, ms, so that paging does not switch encoders. */
const LINGER_MS = 4_000;
/** Consumers that are still on a layer that is to go are waited for this often, ms, and that many times. */
const RECHECK_MS = 1_000;
const MAX_RECHECKS = 5;

interface Entry {
  readonly publisher: Peer;
  readonly producer: MediaProducer;
  /** The layer that each viewer wants. */
  readonly viewers: Map<Peer, number>;
  /** What the publisher was told last. */
  told: number;
  timer: NodeJS.Timeout | undefined;
  rechecks: number;
}

export class Demand {
  readonly #entries = new Map<string, Entry>();

  /** Begins to watch a video. @returns the highest layer that is wanted now, −1 for none. */
  add(publisher: Peer, producer: MediaProducer, viewers: Iterable<[Peer, number]>): number {
    const entry: Entry = {
      publisher,
      producer,
      viewers: new Map(viewers),
      told: -1,
      timer: undefined,
      rechecks: 0,
    };
    entry.told = highest(entry);
    this.#entries.set(producer.id, entry);
    producer.observer.once('close', () => {
      clearTimeout(entry.timer);
      this.#entries.delete(producer.id);
    });
    return entry.told;
  }

  /** What the publisher was told last: the highest layer it should send, −1 for none. */
  told(producerId: string): number {
    return this.#entries.get(producerId)?.told ?? -1;
  }

  /** A viewer shows this video on this layer from now on, or no longer. */
  set(producerId: string, viewer: Peer, layer: number | undefined): void {
    const entry = this.#entries.get(producerId);
    if (!entry || entry.viewers.get(viewer) === layer) return;
    if (layer === undefined) entry.viewers.delete(viewer);
    else entry.viewers.set(viewer, layer);
    this.#update(entry);
  }

  #update(entry: Entry): void {
    const wanted = highest(entry);
    if (wanted >= entry.told) {
      clearTimeout(entry.timer);
      entry.timer = undefined;
      if (wanted > entry.told) this.#tell(entry, wanted);
    } else if (!entry.timer) {
      entry.rechecks = 0;
      entry.timer = setTimeout(() => this.#lower(entry), LINGER_MS);
    }
  }

  #lower(entry: Entry): void {
    entry.timer = undefined;
    const wanted = highest(entry);
    if (wanted >= entry.told) return;
    // A layer that stops while somebody is still on it freezes them for more than a second.
    if (wanted >= 0 && isWatchedAbove(entry, wanted) && entry.rechecks < MAX_RECHECKS) {
      entry.rechecks += 1;
      entry.timer = setTimeout(() => this.#lower(entry), RECHECK_MS);
      return;
    }
    this.#tell(entry, wanted);
  }

  #tell(entry: Entry, maxSpatialLayer: number): void {
    entry.told = maxSpatialLayer;
    entry.publisher.channel.send('layersWanted', { producerId: entry.producer.id, maxSpatialLayer });
  }
}

function highest({ viewers }: Entry): number {
  let max = -1;
  for (const layer of viewers.values()) max = Math.max(max, layer);
  return max;
}

function isWatchedAbove({ viewers, producer }: Entry, layer: number): boolean {
  for (const viewer of viewers.keys()) {
    const current = viewer.receiving.consumerOf(producer.id)?.currentLayers?.spatialLayer ?? -1;
    if (current > layer) return true;
  }
  return false;
}
