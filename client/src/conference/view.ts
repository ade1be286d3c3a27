/** What is on this client's screen, as the server knows it: the newest view, one request at a time. */
import type { Tile } from '@vcallpe/shared';

/**
 * How long joining waits for the page to say what it shows, ms. With the first view known, sound and pictures
 * come in one negotiation. A page needs a frame or two; a client that shows nothing goes on without.
 */
const FIRST_VIEW_MS = 250;
/** Not more than one view in this time, ms: a window that is being resized has a new one with every frame. */
const INTERVAL_MS = 100;

type Send = (tiles: readonly Tile[]) => Promise<unknown>;

export class View {
  readonly #send: Send;
  readonly #onError: (error: unknown) => void;
  #wanted: readonly Tile[] = [];
  /** As the server has been told last; undefined until it has been told at all. */
  #told: readonly Tile[] | undefined;
  readonly #first = Promise.withResolvers<void>();
  #working = false;

  constructor(send: Send, onError: (error: unknown) => void) {
    this.#send = send;
    this.#onError = onError;
  }

  /** Tells the first view, by a request of its own, once there is one. */
  async begin(sendFirst: Send): Promise<void> {
    await Promise.race([this.#first.promise, delay(FIRST_VIEW_MS)]);
    const first = this.#wanted;
    await sendFirst(first);
    this.#told = first;
    void this.#work();
  }

  /** Says what is shown from now on. What the server knows already is not told again. */
  show(tiles: readonly Tile[]): void {
    this.#wanted = tiles;
    this.#first.resolve();
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    // What one task says is one view.
    await undefined;
    try {
      while (this.#told && !sameView(this.#told, this.#wanted)) {
        const next = this.#wanted;
        const spread = delay(INTERVAL_MS);
        await this.#send(next);
        this.#told = next;
        await spread;
      }
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#working = false;
    }
  }
}

function sameView(a: readonly Tile[], b: readonly Tile[]): boolean {
  return a.length === b.length && a.every((tile, index) => sameTile(tile, b[index]));
}

function sameTile(a: Tile, b: Tile | undefined): boolean {
  return (
    a.peerId === b?.peerId &&
    a.source === b.source &&
    a.width === b.width &&
    a.height === b.height &&
    (a.pinned ?? false) === (b.pinned ?? false)
  );
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
