/** What a process of the load tester costs itself, so that a tester that is too slow is not taken for a slow server. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { droppedBySockets } from './socket-drops.ts';

export interface Usage {
  /** Of one core, by all threads of the process. */
  cpuPercent: number;
  /** Event-loop delay, ms. */
  loopP99Ms: number;
  /** The longest: it is one delay among thousands, however long everything stood still, so no quantile shows it. */
  loopMaxMs: number;
  /** Packets for which its sockets had no room. */
  droppedPackets: number;
  residentBytes: number;
}

const RESOLUTION_MS = 5;

/** Measures this process from its making, or from the last `reset`. */
export class UsageMeter {
  readonly #delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #cpu = process.cpuUsage();
  #since = performance.now();
  #dropped = droppedBySockets();

  constructor() {
    this.#delays.enable();
  }

  reset(): void {
    this.#delays.reset();
    this.#cpu = process.cpuUsage();
    this.#since = performance.now();
    this.#dropped = droppedBySockets();
  }

  read(): Usage {
    const { user, system } = process.cpuUsage(this.#cpu);
    const elapsedMs = performance.now() - this.#since;
    return {
      cpuPercent: elapsedMs > 0 ? ((user + system) / 1000 / elapsedMs) * 100 : 0,
      // Node's histogram holds the whole time between two ticks, its own interval among it.
      loopP99Ms: Math.max(0, this.#delays.percentile(99) / 1e6 - RESOLUTION_MS),
      loopMaxMs: Math.max(0, this.#delays.max / 1e6 - RESOLUTION_MS),
      // Those of sockets that have closed meanwhile are gone with them.
      droppedPackets: Math.max(0, droppedBySockets() - this.#dropped),
      residentBytes: process.memoryUsage.rss(),
    };
  }

  close(): void {
    this.#delays.disable();
  }
}
