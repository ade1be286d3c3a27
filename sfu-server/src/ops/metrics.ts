import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { WorkerPool } from '../media/worker-pool.ts';
import type { RoomRegistry } from '../room/room-registry.ts';

export interface Metrics {
  registry: Registry;
  requests: Counter<'method' | 'code'>;
  requestSeconds: Histogram<'method'>;
}

/** Prometheus metrics of one node. Ids are never labels: they would grow without bound. */
export function createMetrics(workers: WorkerPool, rooms: RoomRegistry): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  const peers = () => [...rooms.rooms.values()].flatMap((room) => [...room.peers.values()]);
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

  gauge('vcallpe_workers', 'mediasoup workers that are up', () => workers.alive.length);
  gauge('vcallpe_rooms', 'Rooms in use', () => rooms.rooms.size);
  gauge('vcallpe_peers', 'Peers in rooms', () => peers().length);
  gauge('vcallpe_transports', 'WebRTC transports', () => sum(peers().map((peer) => peer.transports.size)));
  gauge('vcallpe_producers', 'Producers', () => sum(peers().map((peer) => peer.producers.size)));
  gauge('vcallpe_consumers', 'Consumers', () => sum(peers().map((peer) => peer.consumers.size)));
  gauge('vcallpe_worker_deaths', 'Workers that died since the start', () => workers.deaths);

  new Gauge({
    name: 'vcallpe_worker_cpu_seconds',
    help: 'CPU time that each mediasoup worker has used, user and system',
    labelNames: ['worker'],
    registers,
    async collect() {
      await Promise.all(
        workers.alive.map(async ({ index, worker }) => {
          const usage = await worker.getResourceUsage();
          this.set({ worker: index }, (usage.ru_utime + usage.ru_stime) / 1000);
        }),
      );
    },
  });

  return {
    registry,
    requests: new Counter({
      name: 'vcallpe_requests_total',
      help: 'Signaling requests by method and result',
      labelNames: ['method', 'code'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'vcallpe_request_seconds',
      help: 'Time from a signaling request to its answer',
      labelNames: ['method'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
  };
}
