/** A wait that somebody else can end. */
export class Pause {
  #end: (() => void) | undefined;

  /** Resolves after so many ms, or with `end`. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  end(): void {
    this.#end?.();
  }
}
