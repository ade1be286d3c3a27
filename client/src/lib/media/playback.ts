/**
 * Starts sound and pictures, and remembers what the browser refused to start without a click, so that
 * one click can start all of it.
 */
export class Playback {
  readonly #refused = new Set<HTMLMediaElement>();
  readonly #listeners = new Set<() => void>();

  readonly isRefused = (): boolean => this.#refused.size > 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Plays an element from here on; call the returned function before it goes away. */
  start(element: HTMLMediaElement): () => void {
    void this.#play(element);
    return () => this.#setRefused(element, false);
  }

  /** To be called from a click. */
  startRefused(): void {
    for (const element of this.#refused) void this.#play(element);
  }

  async #play(element: HTMLMediaElement): Promise<void> {
    try {
      await element.play();
      this.#setRefused(element, false);
    } catch (error) {
      // AbortError means that the element went away or got another track: nothing was refused.
      const refused = error instanceof DOMException && error.name === 'NotAllowedError';
      this.#setRefused(element, refused && element.isConnected);
    }
  }

  #setRefused(element: HTMLMediaElement, refused: boolean): void {
    if (refused === this.#refused.has(element)) return;
    if (refused) this.#refused.add(element);
    else this.#refused.delete(element);
    for (const listener of this.#listeners) listener();
  }
}
