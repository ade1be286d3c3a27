/**
 * A small window above all others, with whoever speaks. It is one video element whose stream changes: browsers open such a
 * window for an element, from a click only, and keep it while the element lives.
 */
export class PictureInPicture {
  readonly #video: HTMLVideoElement | undefined;
  readonly #listeners = new Set<() => void>();
  #open = false;

  constructor() {
    if (!document.pictureInPictureEnabled) return;
    this.#video = document.createElement('video');
    this.#video.hidden = true;
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.addEventListener('enterpictureinpicture', () => this.#setOpen(true));
    this.#video.addEventListener('leavepictureinpicture', () => this.#setOpen(false));
  }

  get available(): boolean {
    return this.#video !== undefined;
  }

  /** Whether the window is open. */
  readonly getState = (): boolean => this.#open;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /**
   * Opens the window. To be called from a click or a key.
   *
   * @throws what the browser has against it
   */
  async open(stream: MediaStream): Promise<void> {
    if (!this.#video) return;
    this.#video.srcObject = stream;
    document.body.append(this.#video);
    // Browsers open it for a video that has a size, and so a frame.
    try {
      await this.#video.play();
      await this.#video.requestPictureInPicture();
    } catch (error) {
      this.#setOpen(false);
      throw error;
    }
  }

  /** Shows this in the open window. The same again changes nothing. */
  show(stream: MediaStream): void {
    if (!this.#video || this.#video.srcObject === stream) return;
    this.#video.srcObject = stream;
    // A stream that was replaced before its first frame never played, and nobody needs to know.
    this.#video.play().catch(() => undefined);
  }

  readonly close = (): void => {
    if (this.#open) document.exitPictureInPicture().catch(() => undefined);
  };

  #setOpen(open: boolean): void {
    this.#open = open;
    if (!open && this.#video) {
      this.#video.srcObject = null;
      this.#video.remove();
    }
    for (const listener of this.#listeners) listener();
  }
}
