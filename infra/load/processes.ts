/**
 * Media in processes of their own, asked over their channel. Sending and receiving are apart, so that the packets of
 * one do not wait for the other's, and each process stays well below one core.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type {
  FirstFrameListener,
  Media,
  MediaInput,
  MediaMethod,
  MediaOutput,
  MediaPool,
  StalledListener,
} from './media-calls.ts';

/** What a trial found to leave room for bursts, with nine tiles and five voices each. */
const RECEIVERS_PER_PROCESS = 150;
/** A publisher that follows `layersWanted` sends little: 60 took 8 % of a core. One that sends all its layers takes more. */
const SENDERS_PER_PROCESS = 400;

export type ToMedia = {
  [M in MediaMethod]: { id: number; method: M; input: MediaInput<M> };
}[MediaMethod];

/** An answer, or the news of a first frame or of what brings nothing. */
export type FromMedia =
  | { id: number; output?: unknown }
  | { id: number; error: string }
  | { frame: Parameters<FirstFrameListener> }
  | { stalled: Parameters<StalledListener> };

interface Waiting {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

class MediaProcess implements Media {
  readonly name: string;
  onFirstFrame: FirstFrameListener = () => undefined;
  onStalled: StalledListener = () => undefined;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended: string | undefined;

  constructor(name: string) {
    this.name = name;
    this.#child = fork(join(import.meta.dirname, 'media-process.ts'), {
      execArgv: [],
      // What a test runner or a debugger wants of its own process is nothing for this one.
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message) => this.#onMessage(message as FromMedia));
    this.#child.once('error', (error) => this.#onEnd(error.message));
    this.#child.once('exit', (code, signal) => this.#onEnd(`it ended with ${signal ?? `code ${code}`}`));
  }

  call<M extends MediaMethod>(method: M, input: MediaInput<M>): Promise<MediaOutput<M>> {
    if (this.#ended !== undefined) return Promise.reject(this.#failure(this.#ended));
    const id = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (output) => resolve(output as MediaOutput<M>), reject });
      this.#child.send({ id, method, input });
    });
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    const exit = once(this.#child, 'exit');
    // It ends by itself when its channel closes.
    if (this.#child.connected) this.#child.disconnect();
    await exit;
  }

  #onMessage(message: FromMedia): void {
    if ('frame' in message) return this.onFirstFrame(...message.frame);
    if ('stalled' in message) return this.onStalled(...message.stalled);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message.output);
  }

  #onEnd(reason: string): void {
    this.#ended ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#failure(reason));
    this.#waiting.clear();
  }

  #failure(reason: string): Error {
    return new Error(`The media process "${this.name}" is gone: ${reason}`);
  }
}

/** As many processes as these participants need: senders apart from receivers. Resolves when all of them are up. */
export async function forkMedia({
  publishers,
  receivers,
}: Record<'publishers' | 'receivers', number>): Promise<MediaPool> {
  const start = (name: string, count: number, each: number) =>
    Array.from({ length: Math.ceil(count / each) }, (_, i) => new MediaProcess(`${name} ${i + 1}`));
  const pool = poolOf(
    start('senders', Math.max(1, publishers), SENDERS_PER_PROCESS),
    start('receivers', receivers, RECEIVERS_PER_PROCESS),
  );
  await Promise.all(pool.all.map((media) => media.call('beginWindow', {})));
  return pool;
}

/** Everything in one, such as a `MediaHost` in this process. */
export function onePool(media: Media): MediaPool {
  return { sender: () => media, receiver: () => media, all: [media] };
}

function poolOf(senders: readonly Media[], receivers: readonly Media[]): MediaPool {
  const pick = (from: readonly Media[], id: number) => {
    const media = from[id % from.length];
    if (!media) throw new Error('A pool has at least one process');
    return media;
  };
  return {
    sender: (id) => pick(senders, id),
    receiver: (id) => pick(receivers, id),
    all: [...senders, ...receivers],
  };
}
