/** One mediasoup worker with its ports, and what it carries. */
import { createWorker, type types } from 'mediasoup';
import type { ListenAddress } from '../config.ts';
import type { WorkerBudget } from './worker-budget.ts';

/**
 * Kernel buffers of media sockets, bytes. The default of about 200 kB drops packets in bursts while the CPU is half
 * idle; 4 MB did not. The kernel caps it at net.core.{r,w}mem_max.
 */
export const SOCKET_BUFFER_BYTES = 4_000_000;

/**
 * Consumers that a peer is counted for before it has them, so that a storm of joins spreads while it comes in: nine
 * tiles and five voices, of which some are silent.
 */
const CONSUMERS_EXPECTED_PER_PEER = 10;

export interface MediaWorkerOptions {
  index: number;
  /** UDP and TCP port of its WebRtcServer; 0 lets mediasoup choose. */
  port: number;
  listen: readonly ListenAddress[];
  budget: WorkerBudget;
}

export class MediaWorker {
  readonly index: number;
  readonly worker: types.Worker;
  /** One UDP and one TCP port for all transports of this worker. */
  readonly webRtcServer: types.WebRtcServer;
  /** Routers that live here now. */
  readonly routers = new Set<types.Router>();
  /** Takes no new peers. */
  draining = false;
  /** To be closed when the last router is gone, because the pool has become smaller. */
  retiring = false;
  /** Peers whose transports are here, or are being made. */
  peers = 0;
  /** Share of one core that it used lately, 0 to 1. */
  cpu = 0;
  /** Consumers that are neither paused nor waiting for their client, pipes included. */
  activeConsumers = 0;
  readonly #budget: WorkerBudget;
  #sampled: { cpuMs: number; at: number } | undefined;

  /** @throws when the worker can't start: a missing binary, or a port that is taken. */
  static async start({ index, port, listen, budget }: MediaWorkerOptions): Promise<MediaWorker> {
    const worker = await createWorker({ logLevel: 'warn' });
    try {
      const webRtcServer = await worker.createWebRtcServer({
        listenInfos: listen.flatMap((address) =>
          (['udp', 'tcp'] as const).map((protocol) => ({
            ...address,
            protocol,
            port: port === 0 ? undefined : port,
            sendBufferSize: SOCKET_BUFFER_BYTES,
            recvBufferSize: SOCKET_BUFFER_BYTES,
          })),
        ),
      });
      return new MediaWorker(index, worker, webRtcServer, budget);
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  private constructor(
    index: number,
    worker: types.Worker,
    webRtcServer: types.WebRtcServer,
    budget: WorkerBudget,
  ) {
    this.index = index;
    this.worker = worker;
    this.webRtcServer = webRtcServer;
    this.#budget = budget;
    worker.observer.on('newrouter', (router) => {
      this.routers.add(router);
      router.observer.once('close', () => this.routers.delete(router));
      router.observer.on('newtransport', (transport) => {
        transport.observer.on('newconsumer', (consumer) => this.#count(consumer));
      });
    });
  }

  /** Share of its budget that is used: 1 is full. The scarcest of consumers and CPU decides. */
  get load(): number {
    const consumers = Math.max(this.activeConsumers, this.peers * CONSUMERS_EXPECTED_PER_PEER);
    return Math.max(consumers / this.#budget.consumers, this.cpu / this.#budget.cpu);
  }

  /** Reads the CPU time used since the last call. */
  async sampleCpu(): Promise<void> {
    const { ru_utime, ru_stime } = await this.worker.getResourceUsage();
    const now = { cpuMs: ru_utime + ru_stime, at: performance.now() };
    const last = this.#sampled;
    this.#sampled = now;
    if (last && now.at > last.at) this.cpu = (now.cpuMs - last.cpuMs) / (now.at - last.at);
  }

  #count(consumer: types.Consumer): void {
    let counted = false;
    const update = () => {
      const active = !consumer.closed && !consumer.paused && !consumer.producerPaused;
      if (active === counted) return;
      counted = active;
      this.activeConsumers += active ? 1 : -1;
    };
    for (const event of ['pause', 'resume', 'close'] as const) consumer.observer.on(event, update);
    update();
  }
}
