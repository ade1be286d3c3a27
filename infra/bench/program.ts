/** Another program that a benchmark runs and measures. It ends with the benchmark, however that ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const KEPT_OUTPUT = 20_000;
/** After this a program that was asked to end is killed, ms. */
const END_WITHIN_MS = 5_000;

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface ProgramOptions {
  env?: NodeJS.ProcessEnv;
  /** Gives a program of Node a channel to us; what it sends is delivered here. */
  onMessage?: (message: unknown) => void;
}

export class Program {
  readonly #name: string;
  readonly #child: ChildProcess;
  #output = '';

  /** @param name for messages about it */
  constructor(name: string, command: string, args: string[], { env, onMessage }: ProgramOptions = {}) {
    this.#name = name;
    const child = spawn(command, args, {
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe', ...(onMessage ? (['ipc'] as const) : [])],
    });
    this.#child = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    child.once('error', (error) => (this.#output += error.message));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => (this.#output = `${this.#output}${chunk}`.slice(-KEPT_OUTPUT)));
    }
    if (onMessage) child.on('message', onMessage);
  }

  /** @throws when it could not be started */
  get pid(): number {
    if (this.#child.pid === undefined) throw this.failure('could not be started');
    return this.#child.pid;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined;
  }

  /** An error that says what it printed last. */
  failure(what: string): Error {
    return new Error(`${this.#name} ${what}. It said:\n${this.#output}`);
  }

  onceEnded(listener: () => void): void {
    this.#child.once('close', listener);
  }

  send(message: object): void {
    this.#child.send(message);
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), END_WITHIN_MS);
    await exit;
    clearTimeout(timer);
  }
}
