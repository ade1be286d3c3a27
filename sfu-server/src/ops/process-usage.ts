/** How busy this Node process is. */

/** CPU is averaged over at least this long, ms, however often it is asked for. */
const WINDOW_MS = 1_000;

export class ProcessUsage {
  #from = { at: performance.now(), cpu: process.cpuUsage() };
  /** Share of one core. */
  #cpu = 0;

  read(): { cpu: number; memoryBytes: number } {
    const elapsedMs = performance.now() - this.#from.at;
    if (elapsedMs >= WINDOW_MS) {
      const { user, system } = process.cpuUsage(this.#from.cpu);
      this.#cpu = (user + system) / 1000 / elapsedMs;
      this.#from = { at: performance.now(), cpu: process.cpuUsage() };
    }
    return { cpu: this.#cpu, memoryBytes: process.memoryUsage.rss() };
  }
}
