// One supervised child process: started, watched until it is ready, restarted when it dies, stopped for good.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs, STABLE_MS } from './backoff.ts';
import type { LineWriter } from './log-lines.ts';
import { logRecord } from './log-lines.ts';
import { killGroup } from './process-group.ts';
import { formatSeconds, SetupError } from './progress.ts';

export interface ServiceSpec {
  name: string;
  /** Arguments of Node: the script and the script's own. */
  args: string[];
  cwd?: string;
  env: NodeJS.ProcessEnv;
  /** Whether the process serves by now. It is asked until it says yes, and may reject to say no. */
  isReady: () => Promise<boolean>;
  /** How long it may take to end after SIGTERM, in ms, before it is killed; 10 s unless said otherwise. */
  stopTimeoutMs?: number;
}

const READY_POLL_MS = 50;
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const LAST_LINES = 20;

/**
 * Its process gets an ipc channel to us, and ends in order on SIGTERM and when that channel closes (`disconnect`): then
 * we were killed and can send no signal any more.
 */
export class Service {
  readonly #spec: ServiceSpec;
  readonly #write: LineWriter;
  readonly #lastLines: string[] = [];
  #child: ChildProcess | undefined;
  #startedAt = 0;
  #restarts = 0;
  #restartTimer: NodeJS.Timeout | undefined;
  /** Whether a process that ends is to be followed by another one: from the first readiness until stop. */
  #keepAlive = false;
  #stopped = false;

  constructor(spec: ServiceSpec, write: LineWriter) {
    this.#spec = spec;
    this.#write = write;
  }

  get name(): string {
    return this.#spec.name;
  }

  /** The running process, which also leads the process group of everything that it started. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Starts the process and waits until it is ready, or until stop().
   * @throws SetupError with its last lines when it ends at its start, or is not ready within a minute.
   */
  async start(): Promise<void> {
    const child = this.#spawn();
    if (await this.#becomesReady(child)) {
      this.#keepAlive = true;
      return;
    }
    if (this.#stopped) return;
    const how = this.#child
      ? `was not ready within ${formatSeconds(READY_TIMEOUT_MS)}`
      : 'ended at its start';
    this.killNow();
    throw new SetupError(
      `${this.name} ${how}. Its last lines:\n${this.#lastLines.join('\n')}`,
      'Mend what it complains about, and start again.',
    );
  }

  /** Ends the process (SIGTERM, and after 10 s SIGKILL) and starts no other. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#keepAlive = false;
    clearTimeout(this.#restartTimer);
    const child = this.#child;
    if (!child) return;
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    const { stopTimeoutMs = STOP_TIMEOUT_MS } = this.#spec;
    const deadline = setTimeout(() => {
      this.#log(40, `${this.name} did not end within ${formatSeconds(stopTimeoutMs)} and is killed`);
      this.killNow();
    }, stopTimeoutMs);
    await closed;
    clearTimeout(deadline);
  }

  /** Replaces the process with a new one, for development, when its code has changed. */
  async restart(): Promise<void> {
    await this.stop();
    this.#stopped = false;
    this.#keepAlive = true;
    this.#restarts = 0;
    void this.#respawn();
  }

  /** Kills the process and everything that it started, at once, and starts no other. */
  killNow(): void {
    this.#stopped = true;
    this.#keepAlive = false;
    clearTimeout(this.#restartTimer);
    if (this.pid !== undefined) killGroup(this.pid, 'SIGKILL');
  }

  #spawn(): ChildProcess {
    // In a process group of its own, so that a Ctrl-C of the terminal reaches only us and we stop things in order.
    const child = spawn(process.execPath, this.#spec.args, {
      cwd: this.#spec.cwd,
      env: this.#spec.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.#child = child;
    this.#startedAt = performance.now();
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#onLine(line));
    }
    const { pid } = child;
    // What it started ends with it, also when it was killed and could not see to that itself.
    if (pid !== undefined) child.once('exit', () => killGroup(pid, 'SIGKILL'));
    child.once('error', (error) => this.#onLine(error.message));
    child.once('close', (code, signal) => this.#onClose(signal ?? `code ${code}`));
    return child;
  }

  async #becomesReady(child: ChildProcess): Promise<boolean> {
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (this.#child === child && !this.#stopped && performance.now() < deadline) {
      const ready = await this.#spec.isReady().catch(() => false);
      if (ready) return this.#child === child;
      await delay(READY_POLL_MS);
    }
    return false;
  }

  #onClose(reason: string): void {
    this.#child = undefined;
    if (!this.#keepAlive) return;
    if (performance.now() - this.#startedAt > STABLE_MS) this.#restarts = 0;
    this.#restarts += 1;
    const wait = backoffMs(this.#restarts);
    this.#log(40, `${this.name} ended (${reason}); restart ${this.#restarts} in ${formatSeconds(wait)}`);
    this.#restartTimer = setTimeout(() => void this.#respawn(), wait);
  }

  async #respawn(): Promise<void> {
    const child = this.#spawn();
    if (await this.#becomesReady(child)) {
      this.#log(30, `${this.name} is ready again`);
    } else if (this.#child === child && child.pid !== undefined && !this.#stopped) {
      this.#log(40, `${this.name} was not ready within ${formatSeconds(READY_TIMEOUT_MS)} and is killed`);
      killGroup(child.pid, 'SIGKILL');
    }
  }

  #onLine(line: string): void {
    this.#lastLines.push(line);
    if (this.#lastLines.length > LAST_LINES) this.#lastLines.shift();
    this.#write(this.name, line);
  }

  #log(level: 30 | 40, message: string): void {
    this.#write('supervisor', logRecord(level, message));
  }
}
