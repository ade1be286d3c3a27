/**
 * A Node process of our own that does a part of a benchmark, so that its CPU is not that of the others. It is asked over
 * its channel, one method at a time or several, and answers each.
 */
import { Program } from './program.ts';

export type Methods = Record<string, (input: never) => unknown>;
type InputOf<M extends Methods, K extends keyof M> = Parameters<M[K]>[0];
type OutputOf<M extends Methods, K extends keyof M> = Awaited<ReturnType<M[K]>>;

interface Question {
  id: number;
  method: string;
  input: unknown;
}
type Answer = { id: number } & ({ output: unknown } | { error: string });

interface Waiting {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/** The asking side. `M` is the type of the methods that the script serves. */
export class Assistant<M extends Methods> {
  readonly #program: Program;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  /** @param script a file that calls `serve` */
  constructor(name: string, script: string, env: NodeJS.ProcessEnv = process.env) {
    this.#program = new Program(name, process.execPath, [script], {
      env,
      onMessage: (message) => this.#onAnswer(message as Answer),
    });
    this.#program.onceEnded(() => {
      const error = this.#program.failure('ended');
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    });
  }

  get pid(): number {
    return this.#program.pid;
  }

  /** @throws what the method threw, or that the process has ended */
  ask<K extends keyof M & string>(method: K, input: InputOf<M, K>): Promise<OutputOf<M, K>> {
    if (this.#program.ended) return Promise.reject(this.#program.failure('has ended'));
    const id = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (output) => resolve(output as OutputOf<M, K>), reject });
      this.#program.send({ id, method, input } satisfies Question);
    });
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }

  #onAnswer(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.output);
  }
}

/** The serving side: answers what is asked until the channel closes, and then ends the process. */
export function serve(methods: Methods): void {
  process.on('message', (message) => {
    const { id, method, input } = message as Question;
    void answer(methods, method, input).then((result) => process.send?.({ id, ...result }));
  });
  process.once('disconnect', () => process.exit());
}

async function answer(
  methods: Methods,
  name: string,
  input: unknown,
): Promise<{ output: unknown } | { error: string }> {
  try {
    const method = methods[name];
    if (!method) throw new Error(`There is no method ${name}`);
    return { output: await method(input as never) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
