/** The routers of one room: one on each worker that the room uses, and the pipes between them. */
import { AppError } from '@vcallpe/shared';
import type { types } from 'mediasoup';
import { ROUTER_CODECS } from '../media/codecs.ts';
import { LevelObservers, type Level } from '../media/levels.ts';
import type { MediaWorker } from '../media/media-worker.ts';
import { Pipes } from '../media/pipes.ts';
import type { WorkerPool } from '../media/worker-pool.ts';

/** A room's share of one worker. It is where some of its peers are at home. */
export interface RoomRouter {
  readonly mediaWorker: MediaWorker;
  readonly router: types.Router;
  readonly levels: LevelObservers;
  /** Peers that are at home here, or are just coming in. */
  peers: number;
}

export interface MeshOptions {
  workers: WorkerPool;
  /** What the microphones of any router report. */
  onLevels: (levels: Level[]) => void;
  /** A router is gone with its worker: so are the transports of everyone at home there. */
  onLost: (lost: RoomRouter) => void;
}

/** How long a peer waits for a worker, ms: one that dies is replaced in a fraction of a second. */
const WORKER_WITHIN_MS = 3_000;

export class RoomMesh {
  readonly pipes = new Pipes();
  readonly #options: MeshOptions;
  readonly #routers = new Map<MediaWorker, RoomRouter>();
  /** Single flight: two peers who are placed on a worker at once make one router. */
  readonly #opening = new Map<MediaWorker, Promise<RoomRouter>>();
  #preciseLevels = false;
  #closed = false;

  constructor(options: MeshOptions) {
    this.#options = options;
  }

  get routers(): ReadonlyMap<MediaWorker, RoomRouter> {
    return this.#routers;
  }

  /**
   * A home for one more peer; give it back with `release`.
   *
   * @throws {AppError} UNAVAILABLE when no worker takes peers; WRONG_STATE when the room closes meanwhile.
   */
  async place(): Promise<RoomRouter> {
    const inUse = () => new Set([...this.#routers.keys(), ...this.#opening.keys()]);
    const mediaWorker = await this.#options.workers.placeWithin(WORKER_WITHIN_MS, inUse);
    if (!mediaWorker) {
      throw new AppError('UNAVAILABLE', 'The media server is restarting, try again in a moment');
    }
    // Counted before the first await, so that the next placement knows of it, and a draining worker stays up.
    mediaWorker.peers += 1;
    try {
      const home = this.#routers.get(mediaWorker) ?? (await this.#open(mediaWorker));
      if (this.#closed) throw new AppError('WRONG_STATE', 'This meeting has just ended');
      if (!home.router.closed) {
        home.peers += 1;
        return home;
      }
    } catch (error) {
      mediaWorker.peers -= 1;
      throw error;
    }
    // It closed with its last peer, or with its worker, while we waited for it.
    mediaWorker.peers -= 1;
    return this.place();
  }

  /** A peer has left its home; the router closes with the last one. */
  release(home: RoomRouter): void {
    home.peers -= 1;
    home.mediaWorker.peers -= 1;
    if (home.peers > 0) return;
    this.#forget(home);
    home.router.close();
  }

  /** Who speaks decides who is heard, from now on: the first words count. */
  listenPrecisely(): void {
    this.#preciseLevels = true;
    for (const { levels } of this.#routers.values()) levels.bePrecise();
  }

  close(): void {
    this.#closed = true;
    for (const { router } of [...this.#routers.values()]) router.close();
    this.#routers.clear();
  }

  #open(mediaWorker: MediaWorker): Promise<RoomRouter> {
    let opening = this.#opening.get(mediaWorker);
    if (!opening) {
      opening = this.#create(mediaWorker).finally(() => this.#opening.delete(mediaWorker));
      this.#opening.set(mediaWorker, opening);
    }
    return opening;
  }

  async #create(mediaWorker: MediaWorker): Promise<RoomRouter> {
    const router = await mediaWorker.worker.createRouter({ mediaCodecs: ROUTER_CODECS });
    try {
      const levels = new LevelObservers(router, this.#options.onLevels);
      await levels.start();
      if (this.#closed) throw new AppError('WRONG_STATE', 'This meeting has just ended');
      if (this.#preciseLevels) levels.bePrecise();
      const home: RoomRouter = { mediaWorker, router, levels, peers: 0 };
      this.#routers.set(mediaWorker, home);
      router.once('workerclose', () => {
        this.#forget(home);
        this.#options.onLost(home);
      });
      return home;
    } catch (error) {
      router.close();
      throw error;
    }
  }

  #forget(home: RoomRouter): void {
    if (this.#routers.get(home.mediaWorker) === home) this.#routers.delete(home.mediaWorker);
  }
}
