// Keeps the product's processes: starts them, restarts those that die, stops them in the reverse order of their start.
import type { LineWriter } from './log-lines.ts';
import { printFailure } from './progress.ts';
import type { ServiceSpec } from './service.ts';
import { Service } from './service.ts';

/** npm, the terminal and our parent may all deliver the same Ctrl-C; within this time it counts once. */
const SAME_SIGNAL_MS = 500;

export class Supervisor {
  readonly #write: LineWriter;
  readonly #services: Service[] = [];
  #stopping: Promise<void> | undefined;

  constructor(write: LineWriter) {
    this.#write = write;
  }

  get isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  /**
   * Starts a service and returns it once it is ready; from then on it is restarted whenever it dies.
   * @throws SetupError when it cannot start, and Error when the supervisor is being stopped.
   */
  async start(spec: ServiceSpec): Promise<Service> {
    this.#refuseWhileStopping(spec);
    const service = new Service(spec, this.#write);
    this.#services.push(service);
    await service.start();
    this.#refuseWhileStopping(spec);
    return service;
  }

  /** Ends every service, the last started first. Asking again gives the same promise. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  killNow(): void {
    for (const service of this.#services) service.killNow();
  }

  async #stopAll(): Promise<void> {
    for (const service of this.#services.toReversed()) await service.stop();
  }

  #refuseWhileStopping({ name }: ServiceSpec): void {
    if (this.isStopping) throw new Error(`${name} is not started: everything is being stopped`);
  }
}

function stopWhenTold(supervisor: Supervisor): void {
  let askedAt: number | undefined;
  const stop = (): void => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt < SAME_SIGNAL_MS) return;
      supervisor.killNow();
      process.exit(1);
    }
    askedAt = performance.now();
    console.log('\n▸ stopping; Ctrl-C again forces it');
    void supervisor.stop().then(() => {
      console.log('▸ stopped');
      process.exit(0);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // The bootstrap that started us is gone without a word.
  process.once('disconnect', () => {
    if (!supervisor.isStopping) stop();
  });
  process.channel?.unref();
}

/**
 * Runs a composition of services until a signal ends it. Ends the process: with 0 when it was told to stop, with 1 when
 * the composition failed or a second Ctrl-C forced it.
 */
export async function supervise(
  write: LineWriter,
  compose: (supervisor: Supervisor) => Promise<void>,
): Promise<void> {
  const supervisor = new Supervisor(write);
  // The last resort: however this process ends, its children do not stay behind.
  process.once('exit', () => supervisor.killNow());
  // A terminal that was closed must not keep us from stopping in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  stopWhenTold(supervisor);
  try {
    await compose(supervisor);
  } catch (error) {
    if (supervisor.isStopping) return;
    await supervisor.stop();
    printFailure(error);
    process.exit(1);
  }
}
