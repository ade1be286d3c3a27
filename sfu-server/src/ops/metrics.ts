/** Prometheus metrics of one node. Ids are never labels: they would grow without bound. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { MediaWorker } from '../media/media-worker.ts';
import type { WorkerPool } from '../media/worker-pool.ts';
import { MENDS } from '../room/confirm.ts';
import { STEPS } from '../room/repairs.ts';
import type { RoomRegistry } from '../room/room-registry.ts';
import type { Room } from '../room/room.ts';
import type { Peer } from '../room/peer.ts';

/** How often the delay of the event loop is sampled, ms. At the default of 10 that is half of what an idle node does. */
const LOOP_DELAY_EVERY_MS = 100;

export interface Metrics {
  registry: Registry;
  requests: Counter<'method' | 'code'>;
  requestSeconds: Histogram<'method'>;
  broadcasts: Counter<'event'>;
  repairs: Counter<'cause' | 'step'>;
}

export function createMetrics(workers: WorkerPool, rooms: RoomRegistry): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_DELAY_EVERY_MS });
  gaugeRooms(registry, rooms);
  gaugeWorkers(registry, workers);
  const repairs = new Counter({
    name: 'vcallpe_media_repairs_total',
    help: 'Steps taken because media that should flow did not, by where it stopped; see room/audit.ts, room/confirm.ts',
    labelNames: ['cause', 'step'],
    registers,
  });
  // There from the start, so that the first one is an increase.
  for (const [cause, steps] of Object.entries({ ...STEPS, ...MENDS }))
    for (const step of steps) repairs.inc({ cause, step }, 0);
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
    repairs,
    broadcasts: new Counter({
      name: 'vcallpe_broadcasts_total',
      help: 'Messages told to a whole room, by event: activeSpeakers each time that the set of speakers changes',
      labelNames: ['event'],
      registers,
    }),
  };
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

function gaugeRooms(registry: Registry, { rooms }: RoomRegistry): void {
  const perRoom = (name: string, help: string, count: (room: Room) => number) =>
    gauge(registry, name, help, () => sum([...rooms.values()].map(count)));
  const perPeer = (name: string, help: string, count: (peer: Peer) => number) =>
    perRoom(name, help, ({ peers }) => sum([...peers.values()].map(count)));

  gauge(registry, 'vcallpe_rooms', 'Rooms in use', () => rooms.size);
  perRoom(
    'vcallpe_routers',
    'Routers: one for each room and worker that it uses',
    ({ mesh }) => mesh.routers.size,
  );
  perRoom('vcallpe_pipes', 'Producers that are piped to another router', ({ mesh }) => mesh.pipes.size);
  perRoom('vcallpe_speakers', 'Peers that speak now', ({ speakers }) => speakers.speaking.length);
  perRoom('vcallpe_peers', 'Peers in rooms', ({ peers }) => peers.size);
  perRoom(
    'vcallpe_broken_pairs',
    'Pairs of producer and consumer that should flow and do not',
    ({ audit }) => audit.broken,
  );
  perPeer('vcallpe_transports', 'WebRTC transports', ({ transports }) => transports.size);
  perPeer('vcallpe_producers', 'Producers', ({ producers }) => producers.size);
  perPeer('vcallpe_consumers', 'Consumers', ({ receiving }) => receiving.count);
  perPeer(
    'vcallpe_consumers_paused',
    'Consumers that forward nothing: hidden a moment ago, muted, or waiting for their client',
    ({ receiving }) =>
      [...receiving.consumers.values()].filter(({ paused, producerPaused }) => paused || producerPaused)
        .length,
  );
}

function gaugeWorkers(registry: Registry, workers: WorkerPool): void {
  const perWorker = (name: string, help: string, read: (worker: MediaWorker) => number) => {
    new Gauge({
      name,
      help,
      labelNames: ['worker'],
      registers: [registry],
      collect() {
        // Workers that are gone must not stay in the answer.
        this.reset();
        for (const worker of workers.alive) this.set({ worker: worker.index }, read(worker));
      },
    });
  };
  gauge(registry, 'vcallpe_workers', 'mediasoup workers that are up', () => workers.alive.length);
  gauge(registry, 'vcallpe_worker_deaths', 'Workers that died since the start', () => workers.deaths);
  perWorker(
    'vcallpe_worker_load',
    'Share of its budget that a worker carries: 1 is full',
    ({ load }) => load,
  );
  perWorker('vcallpe_worker_draining', '1 while a worker takes no new peers', ({ draining }) =>
    Number(draining),
  );
  perWorker('vcallpe_worker_peers', 'Peers whose transports are on a worker', ({ peers }) => peers);
  perWorker('vcallpe_worker_routers', 'Routers on a worker', ({ routers }) => routers.size);
  perWorker(
    'vcallpe_worker_consumers',
    'Consumers on a worker that forward now, pipes included',
    ({ activeConsumers }) => activeConsumers,
  );
  new Counter({
    name: 'vcallpe_worker_cpu_seconds_total',
    help: 'CPU time that each mediasoup worker has used, user and system',
    labelNames: ['worker'],
    registers: [registry],
    async collect() {
      this.reset();
      await Promise.all(
        workers.alive.map(async ({ index, worker }) => {
          // A worker that dies while it is asked is left out, and the others are not.
          const usage = await worker.getResourceUsage().catch(() => undefined);
          if (usage) this.inc({ worker: index }, (usage.ru_utime + usage.ru_stime) / 1000);
        }),
      );
    },
  });
}

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
