/** A program that runs in a namespace for as long as the lab does. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../browser/wait.ts';
import type { Namespace } from './namespace.ts';

/** Characters of its output, for the message when it fails. */
const KEPT_OUTPUT = 20_000;
/** From the signal to force, ms: the service takes up to 10 s for each of its processes. */
const END_WITHIN_MS = 25_000;

export interface ProgramOptions {
  env?: NodeJS.ProcessEnv;
  /** Whether it serves by now, by what it has printed so far. */
  isReady: (output: string, pid: number) => boolean;
  /** ms */
  readyWithinMs: number;
}

export class Program {
  readonly #child: ChildProcess;
  readonly #name: string;
  #output = '';

  /** Resolves when it serves. @throws with its last output when it does not, or ends */
  static async start(
    namespace: Namespace,
    [command, ...args]: [string, ...string[]],
    { env, isReady, readyWithinMs }: ProgramOptions,
  ): Promise<Program> {
    const child = spawn('ip', ['netns', 'exec', namespace.name, command, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const program = new Program(command, child);
    await until(`${command} to be ready`, () => program.ended || isReady(program.output, child.pid ?? 0), {
      withinMs: readyWithinMs,
    }).catch((error: unknown) => {
      throw new Error(`${command} is not ready. It said:\n${program.output}`, { cause: error });
    });
    if (program.ended) throw new Error(`${command} ended at its start. It said:\n${program.output}`);
    return program;
  }

  private constructor(name: string, child: ChildProcess) {
    this.#name = name;
    this.#child = child;
    child.once('error', (error) => (this.#output += error.message));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => (this.#output = `${this.#output}${chunk}`.slice(-KEPT_OUTPUT)));
    }
  }

  /** What it printed last. */
  get output(): string {
    return this.#output;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined;
  }

  /** As Ctrl-C does. @throws when it has to be ended by force */
  async stop(): Promise<void> {
    if (this.ended) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGINT');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), END_WITHIN_MS);
    await exit;
    clearTimeout(timer);
    if (this.#child.signalCode === 'SIGKILL') {
      throw new Error(`${this.#name} did not end within ${END_WITHIN_MS} ms. It said:\n${this.#output}`);
    }
  }
}
