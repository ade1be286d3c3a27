import { setTimeout as delay } from 'node:timers/promises';
import { createWorker, type types } from 'mediasoup';
import type { ListenAddress } from '../config.ts';
import type { Logger } from '../logger.ts';

/**
 * Kernel buffers of a worker's media socket, bytes. The default of about 200 kB drops packets in bursts
 * while the CPU is half idle; 4 MB did not. The kernel caps it at net.core.{r,w}mem_max.
 */
const SOCKET_BUFFER_BYTES = 4_000_000;

const RESPAWN_MIN_MS = 200;
const RESPAWN_MAX_MS = 10_000;

export interface MediaWorker {
  readonly index: number;
  readonly worker: types.Worker;
  /** One UDP and one TCP port for all transports of this worker. */
  readonly webRtcServer: types.WebRtcServer;
  /** Routers that live here now. */
  readonly routers: Set<types.Router>;
}

export interface WorkerPoolOptions {
  size: number;
  /** Worker i listens on rtcPort + i; 0 lets mediasoup choose. */
  rtcPort: number;
  listen: readonly ListenAddress[];
  log: Logger;
}

/**
 * A fixed number of mediasoup workers. One that dies is replaced on the same ports; its routers close with
 * it, and whoever holds them hears mediasoup's `workerclose`.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #workers: (MediaWorker | undefined)[];
  #deaths = 0;
  #closed = false;

  private constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#workers = Array.from({ length: options.size }, () => undefined);
  }

  /** @throws when a worker can't start: a missing binary, or a port that is taken. */
  static async start(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    try {
      await Promise.all(pool.#workers.map((_, index) => pool.#spawn(index)));
    } catch (error) {
      pool.close();
      throw error;
    }
    return pool;
  }

  get alive(): MediaWorker[] {
    return this.#workers.filter((entry) => entry !== undefined);
  }

  /** Workers that died since the start. */
  get deaths(): number {
    return this.#deaths;
  }

  /** The worker with the fewest routers, or undefined while all of them are being replaced. */
  leastLoaded(): MediaWorker | undefined {
    return this.alive.sort((a, b) => a.routers.size - b.routers.size)[0];
  }

  close(): void {
    this.#closed = true;
    for (const entry of this.alive) entry.worker.close();
    this.#workers.fill(undefined);
  }

  async #spawn(index: number): Promise<void> {
    const { rtcPort, listen, log } = this.#options;
    const worker = await createWorker({ logLevel: 'warn' });
    try {
      const webRtcServer = await worker.createWebRtcServer({
        listenInfos: listen.flatMap((address) =>
          (['udp', 'tcp'] as const).map((protocol) => ({
            ...address,
            protocol,
            port: rtcPort === 0 ? undefined : rtcPort + index,
            sendBufferSize: SOCKET_BUFFER_BYTES,
            recvBufferSize: SOCKET_BUFFER_BYTES,
          })),
        ),
      });
      if (this.#closed) {
        worker.close();
        return;
      }
      const routers = new Set<types.Router>();
      worker.observer.on('newrouter', (router) => {
        routers.add(router);
        router.observer.once('close', () => routers.delete(router));
      });
      worker.once('died', (error) => void this.#replace(index, worker.pid, error));
      this.#workers[index] = { index, worker, webRtcServer, routers };
      log.info({ worker: index, pid: worker.pid, rtcPort: rtcPort && rtcPort + index }, 'worker up');
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  async #replace(index: number, pid: number, error: Error): Promise<void> {
    const { log } = this.#options;
    this.#deaths += 1;
    this.#workers[index] = undefined;
    log.error({ worker: index, pid, err: error }, 'worker died');
    for (let wait = RESPAWN_MIN_MS; !this.#closed; wait = Math.min(wait * 2, RESPAWN_MAX_MS)) {
      try {
        return await this.#spawn(index);
      } catch (cause) {
        log.error({ worker: index, err: cause, retryInMs: wait }, 'worker could not be replaced');
        await delay(wait);
      }
    }
  }
}
