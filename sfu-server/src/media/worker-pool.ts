import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, WORKERS_MAX } from '@vcallpe/shared';
import type { ListenAddress } from '../config.ts';
import type { Logger } from '../logger.ts';
import { MediaWorker } from './media-worker.ts';
import { choosePlace } from './placement.ts';
import type { WorkerBudget } from './worker-budget.ts';

const RESPAWN_MIN_MS = 200;
const RESPAWN_MAX_MS = 10_000;
/** One that died sooner than this after its start would do so again at once, ms. */
const LIVES_MS = 5_000;
/** How often the CPU of each worker is read, ms. */
const CPU_SAMPLE_MS = 2_000;

export interface WorkerPoolOptions {
  size: number;
  /** Worker i listens on rtcPort + i; 0 lets mediasoup choose. */
  rtcPort: number;
  listen: readonly ListenAddress[];
  budget: WorkerBudget;
  log: Logger;
}

interface PoolEvents {
  /** The peers on this worker should be moved. */
  draining: [MediaWorker];
  /** A worker takes peers from now on. */
  up: [];
}

/**
 * The mediasoup workers of this node. One that dies is replaced on the same ports; its routers close with it, and
 * whoever holds them hears mediasoup's `workerclose`. The number of workers can change while calls go on.
 */
export class WorkerPool extends EventEmitter<PoolEvents> {
  readonly #options: WorkerPoolOptions;
  /** By index; a gap is a worker that is being started or replaced, or that has retired. */
  readonly #workers: (MediaWorker | undefined)[] = [];
  /** How many there should be. */
  #size: number;
  #deaths = 0;
  /** How often in a row each worker died soon after its start, by index. */
  readonly #shortLives: number[] = [];
  #closed = false;
  readonly #sampling: NodeJS.Timeout;
  /** Changes of the size come one after the other. */
  #resizing: Promise<void> = Promise.resolve();

  private constructor(options: WorkerPoolOptions) {
    super();
    // Each running room listens.
    this.setMaxListeners(0);
    this.#options = options;
    this.#size = options.size;
    this.#sampling = setInterval(() => {
      // A worker that dies just now is dealt with where its death is heard.
      for (const worker of this.alive) worker.sampleCpu().catch(() => undefined);
    }, CPU_SAMPLE_MS).unref();
  }

  /** @throws when a worker can't start: a missing binary, or a port that is taken. */
  static async start(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    try {
      await Promise.all(Array.from({ length: options.size }, (_, index) => pool.#spawn(index)));
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

  /** The worker for the next peer of a room; see placement.ts. Undefined while none takes peers. */
  place(inUse: ReadonlySet<MediaWorker>): MediaWorker | undefined {
    return choosePlace(this.alive, inUse);
  }

  /** As `place`, and waits so long, ms, for a worker that is being replaced. */
  async placeWithin(ms: number, inUse: () => ReadonlySet<MediaWorker>): Promise<MediaWorker | undefined> {
    const found = this.place(inUse());
    if (found || this.#closed) return found;
    await once(this, 'up', { signal: AbortSignal.timeout(ms) }).catch(() => undefined);
    return this.place(inUse());
  }

  /**
   * Takes a worker out of use: no new peers come, and those who are there are moved to others.
   *
   * @throws {AppError} NOT_FOUND; WRONG_STATE when no other worker could take them.
   */
  drain(index: number): void {
    const worker = this.#find(index);
    if (worker.draining) return;
    if (!this.alive.some((other) => other !== worker && !other.draining)) {
      throw new AppError('WRONG_STATE', `Worker ${index} is the last one in use: add another one first`);
    }
    worker.draining = true;
    this.#options.log.info({ worker: index }, 'worker drains');
    this.emit('draining', worker);
  }

  /** @throws {AppError} NOT_FOUND */
  undrain(index: number): void {
    const worker = this.#find(index);
    worker.draining = worker.retiring;
  }

  /**
   * Changes how many workers there are. New ones take the next ports; when there are to be fewer, those with the
   * highest indexes drain and close once they are empty. Resolves when the new ones are up.
   *
   * @throws {AppError} VALIDATION_FAILED; and whatever keeps a new worker from starting.
   */
  resize(count: number): Promise<void> {
    if (!Number.isInteger(count) || count < 1 || count > WORKERS_MAX) {
      throw new AppError('VALIDATION_FAILED', `There can be 1 to ${WORKERS_MAX} workers`);
    }
    const resized = this.#resizing.then(() => this.#resize(count));
    this.#resizing = resized.catch(() => undefined);
    return resized;
  }

  async #resize(count: number): Promise<void> {
    const before = this.#size;
    const staying = this.alive.filter(({ index }) => index < count);
    if (count <= before && !staying.some((worker) => worker.retiring || !worker.draining)) {
      throw new AppError(
        'WRONG_STATE',
        'Those that would stay are all draining: use one of them again first',
      );
    }
    for (const worker of staying) if (worker.retiring) worker.retiring = worker.draining = false;
    const missing = Array.from({ length: count }, (_, index) => index).filter(
      (index) => index >= before && !this.#workers[index],
    );
    const started = await Promise.allSettled(missing.map((index) => this.#spawn(index)));
    const failed = started.find((each) => each.status === 'rejected');
    // All or nothing, so that the same order can be given again.
    this.#size = failed ? before : count;
    for (const worker of this.alive) if (worker.index >= this.#size) this.#retire(worker);
    if (failed) throw failed.reason;
    this.#options.log.info({ before, workers: count }, 'number of workers changed');
  }

  #retire(worker: MediaWorker): void {
    if (worker.retiring) return;
    worker.retiring = true;
    worker.draining = true;
    this.emit('draining', worker);
    this.#closeIfRetired(worker);
  }

  #closeIfRetired(worker: MediaWorker): void {
    if (!worker.retiring || worker.routers.size > 0 || worker.peers > 0) return;
    this.#workers[worker.index] = undefined;
    worker.worker.close();
    this.#options.log.info({ worker: worker.index }, 'worker retired');
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#sampling);
    for (const entry of this.alive) entry.worker.close();
    this.#workers.fill(undefined);
  }

  #find(index: number): MediaWorker {
    const worker = this.#workers[index];
    if (!worker) throw new AppError('NOT_FOUND', `There is no worker ${index}`);
    return worker;
  }

  async #spawn(index: number): Promise<void> {
    const { rtcPort, listen, budget, log } = this.#options;
    const port = rtcPort === 0 ? 0 : rtcPort + index;
    const entry = await MediaWorker.start({ index, port, listen, budget });
    const { worker } = entry;
    if (this.#closed) return worker.close();
    const startedAt = performance.now();
    worker.once('died', (error) => {
      const lived = performance.now() - startedAt > LIVES_MS;
      this.#shortLives[index] = lived ? 0 : (this.#shortLives[index] ?? 0) + 1;
      void this.#replace(index, worker.pid, error);
    });
    worker.observer.on('newrouter', (router) => {
      // After its own listener, which takes the router out of the set.
      router.observer.once('close', () => setImmediate(() => this.#closeIfRetired(entry)));
    });
    this.#workers[index] = entry;
    log.info({ worker: index, pid: worker.pid, port }, 'worker up');
    this.emit('up');
  }

  async #replace(index: number, pid: number, error: Error): Promise<void> {
    const { log } = this.#options;
    this.#deaths += 1;
    this.#workers[index] = undefined;
    log.error({ worker: index, pid, err: error }, 'worker died');
    const needed = () => !this.#closed && index < this.#size;
    // The first time at once: the calls that it carried wait.
    const short = (this.#shortLives[index] ?? 0) - 1;
    if (short > 0) await delay(Math.min(RESPAWN_MIN_MS * 2 ** short, RESPAWN_MAX_MS));
    for (let wait = RESPAWN_MIN_MS; needed(); wait = Math.min(wait * 2, RESPAWN_MAX_MS)) {
      try {
        return await this.#spawn(index);
      } catch (cause) {
        log.error({ worker: index, err: cause, retryInMs: wait }, 'worker could not be replaced');
        await delay(wait);
      }
    }
  }
}
