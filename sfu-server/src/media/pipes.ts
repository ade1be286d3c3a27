/** Pipes carry a producer from the router it lives on to another router, while somebody there consumes it. */
import type { types } from 'mediasoup';
import { PipeLinks, type PipeLink } from './pipe-links.ts';

interface Pipe {
  /** The end that consumes on the producer's own router; the one that produces on the other closes with it. */
  readonly made: Promise<types.Consumer>;
  users: number;
  freed: boolean;
}

/**
 * The pipes of one room, memoized by producer and target: a second pipe of the same pair would be refused. A pipe is freed with
 * its last user, and forgotten when it fails or when either end closes.
 */
export class Pipes {
  readonly #links = new PipeLinks();
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

  async #make(producer: types.Producer, from: types.Router, to: types.Router): Promise<types.Consumer> {
    return carry(producer, await this.#links.between(from, to));
  }

  #watch(key: string, pipe: Pipe): void {
    const forget = () => this.#forget(key, pipe);
    pipe.made.then((consumer) => {
      if (pipe.freed) consumer.close();
      else consumer.observer.once('close', forget);
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

function close(pipe: Pipe): void {
  pipe.made.then(
    (consumer) => consumer.close(),
    () => undefined,
  );
}

/** Consumes a producer at one end of a link and produces it at the other, paused while it is. */
async function carry(producer: types.Producer, { near, far }: PipeLink): Promise<types.Consumer> {
  const { id, appData } = producer;
  const consumer = await near.consume({ producerId: id });
  try {
    const { kind, rtpParameters, producerPaused } = consumer;
    const copy = await far.produce({ id, kind, rtpParameters, paused: producerPaused, appData });
    consumer.observer.once('close', () => copy.close());
    copy.observer.once('close', () => consumer.close());
    // Nobody waits for these: a copy whose worker dies in that moment need not be told, and must not end this process.
    const follow = () => copy[consumer.producerPaused ? 'pause' : 'resume']().catch(() => undefined);
    consumer.observer.on('pause', follow);
    consumer.observer.on('resume', follow);
    // Either may have changed while the copy was made.
    if (consumer.closed) copy.close();
    if (copy.closed) throw new Error('A producer closed while it was being piped');
    if (copy.paused !== consumer.producerPaused) await follow();
    return consumer;
  } catch (error) {
    consumer.close();
    throw error;
  }
}
