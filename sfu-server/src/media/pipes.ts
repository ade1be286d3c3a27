/** Pipes carry a producer from the router it lives on to another router, while somebody there consumes it. */
import type { types } from 'mediasoup';
import { SOCKET_BUFFER_BYTES } from './media-worker.ts';

interface Pipe {
  readonly made: Promise<{ pipeConsumer?: types.Consumer; pipeProducer?: types.Producer }>;
  users: number;
  freed: boolean;
}

/**
 * The pipes of one room, memoized by producer and target: mediasoup itself would throw on a second pipe of the same
 * pair. A pipe is freed with its last user, and forgotten when it fails or when either end closes.
 */
export class Pipes {
  readonly #pipes = new Map<string, Pipe>();

  get size(): number {
    return this.#pipes.size;
  }

  /** `producerId>routerId` of every pipe. */
  get keys(): IterableIterator<string> {
    return this.#pipes.keys();
  }

  /**
   * Makes the producer consumable on another router, under its own id.
   *
   * @returns a function that gives this use back; to be called once.
   * @throws what mediasoup throws when either end is gone.
   */
  async acquire(producer: types.Producer, from: types.Router, to: types.Router): Promise<() => void> {
    const key = `${producer.id}>${to.id}`;
    let pipe = this.#pipes.get(key);
    if (!pipe) {
      pipe = { made: this.#make(producer, from, to), users: 0, freed: false };
      this.#pipes.set(key, pipe);
      this.#watch(key, pipe);
    }
    const mine = pipe;
    mine.users += 1;
    await mine.made;
    return () => {
      mine.users -= 1;
      if (mine.users === 0) this.#free(key, mine);
    };
  }

  #make(producer: types.Producer, from: types.Router, to: types.Router) {
    return from.pipeToRouter({
      producerId: producer.id,
      router: to,
      listenInfo: {
        protocol: 'udp',
        ip: '127.0.0.1',
        // One socket carries everything between two routers: with the kernel's default buffers bursts are lost.
        sendBufferSize: SOCKET_BUFFER_BYTES,
        recvBufferSize: SOCKET_BUFFER_BYTES,
      },
      // What is lost all the same is asked for again.
      enableRtx: true,
      enableSctp: false,
    });
  }

  #watch(key: string, pipe: Pipe): void {
    const forget = () => this.#forget(key, pipe);
    pipe.made.then(({ pipeConsumer, pipeProducer }) => {
      if (pipe.freed || pipeConsumer?.closed || pipeProducer?.closed) return close(pipe);
      pipeConsumer?.observer.once('close', forget);
      pipeProducer?.observer.once('close', forget);
      if (pipeConsumer && pipeProducer) carryPauses(pipeConsumer, pipeProducer);
    }, forget);
  }

  #free(key: string, pipe: Pipe): void {
    this.#forget(key, pipe);
    close(pipe);
  }

  /** A later pipe of the same pair may stand here already. */
  #forget(key: string, pipe: Pipe): void {
    pipe.freed = true;
    if (this.#pipes.get(key) === pipe) this.#pipes.delete(key);
  }
}

/** mediasoup closes the producer at the far end with the consumer at the near one. */
function close(pipe: Pipe): void {
  pipe.made.then(
    ({ pipeConsumer }) => pipeConsumer?.close(),
    () => undefined,
  );
}

/**
 * In place of mediasoup's own listeners, which call without waiting: when the far worker dies in that moment, the rejection
 * that nobody handles would end this whole process.
 */
function carryPauses({ observer }: types.Consumer, pipeProducer: types.Producer): void {
  for (const event of ['pause', 'resume'] as const) {
    observer.removeAllListeners(event);
    // One that is closed meanwhile need not be told.
    observer.on(event, () => pipeProducer[event]().catch(() => undefined));
  }
}
