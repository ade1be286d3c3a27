/** The whole node as admins see it: counted from what is in memory, so that it costs little with hundreds of peers. */
import { ADMIN_ROOMS_MAX, type AdminNode, type AdminRoom, type AdminWorker } from '@vcallpe/shared';
import type { MediaWorker } from '../media/media-worker.ts';
import type { WorkerPool } from '../media/worker-pool.ts';
import type { RoomRegistry } from '../room/room-registry.ts';
import type { Room } from '../room/room.ts';
import { ProcessUsage } from './process-usage.ts';

export class NodeView {
  readonly #workers: WorkerPool;
  readonly #rooms: RoomRegistry;
  readonly #usage = new ProcessUsage();
  readonly #startedAt = new Date().toISOString();

  constructor(workers: WorkerPool, rooms: RoomRegistry) {
    this.#workers = workers;
    this.#rooms = rooms;
  }

  look(): AdminNode {
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
