/** The whole node as admins see it: counted from what is in memory, so that it costs little with hundreds of peers. */
import {
  ADMIN_ROOMS_MAX,
  REPAIR_CAUSES,
  type AdminNode,
  type AdminRoom,
  type AdminWorker,
} from '@vcallpe/shared';
import type { MediaWorker } from '../media/media-worker.ts';
import type { WorkerPool } from '../media/worker-pool.ts';
import type { RoomRegistry } from '../room/room-registry.ts';
import type { Room } from '../room/room.ts';
import type { Metrics } from './metrics.ts';
import { ProcessUsage } from './process-usage.ts';

export class NodeView {
  readonly #workers: WorkerPool;
  readonly #rooms: RoomRegistry;
  readonly #repairs: Metrics['repairs'];
  readonly #usage = new ProcessUsage();
  readonly #startedAt = new Date().toISOString();

  constructor(workers: WorkerPool, rooms: RoomRegistry, { repairs }: Pick<Metrics, 'repairs'>) {
    this.#workers = workers;
    this.#rooms = rooms;
    this.#repairs = repairs;
  }

  async look(): Promise<AdminNode> {
    const repairs = (await this.#repairs.get()).values;
    const rooms = [...this.#rooms.rooms.values()].map(roomView).sort((a, b) => b.peers - a.peers);
    const total = (key: 'peers' | 'producers' | 'consumers' | 'pipes') => sum(rooms.map((room) => room[key]));
    return {
      at: new Date().toISOString(),
      startedAt: this.#startedAt,
      process: this.#usage.read(),
      workers: this.#workers.alive.map(workerView),
      totals: {
        rooms: rooms.length,
        peers: total('peers'),
        producers: total('producers'),
        consumers: total('consumers'),
        pipes: total('pipes'),
      },
      brokenPairs: sum([...this.#rooms.rooms.values()].map(({ audit }) => audit.broken)),
      repairs: REPAIR_CAUSES.map((cause) => ({
        cause,
        steps: sum(repairs.filter(({ labels }) => labels.cause === cause).map(({ value }) => value)),
      })),
      rooms: rooms.slice(0, ADMIN_ROOMS_MAX),
    };
  }
}

function workerView({
  index,
  worker,
  retiring,
  draining,
  cpu,
  load,
  peers,
  routers,
  activeConsumers,
}: MediaWorker): AdminWorker {
  return {
    index,
    pid: worker.pid,
    state: retiring ? 'retiring' : draining ? 'draining' : 'serving',
    cpu,
    load,
    peers,
    routers: routers.size,
    consumers: activeConsumers,
  };
}

export function roomView({ info, peers, mesh }: Room): AdminRoom {
  const everyone = [...peers.values()];
  return {
    code: info.code,
    name: info.name,
    peers: everyone.length,
    producers: sum(everyone.map(({ producers }) => producers.size)),
    consumers: sum(everyone.map(({ receiving }) => receiving.count)),
    routers: mesh.routers.size,
    pipes: mesh.pipes.size,
  };
}

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
