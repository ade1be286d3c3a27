/**
 * The long line of a home: what comes from it and goes to it takes a detour through a TUN device, whose packets a small
 * program holds back. All of it is late: UDP, TCP with its handshakes, and what STUN asks.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../browser/wait.ts';
import type { Namespace } from './namespace.ts';

export interface DelayLineOptions {
  /** The router that the home is connected to. There, nothing is translated, so packets may pass twice. */
  router: Namespace;
  /** Unique among the homes of the router. */
  name: string;
  /** The router's interface to the home. */
  cable: string;
  /** The addresses behind it, such as 10.100.1.0/24. */
  network: string;
  /** Of a routing table that nobody else uses. */
  table: number;
}

export class DelayLine {
  readonly #router: Namespace;
  readonly #program: ChildProcess;
  readonly #rules: readonly string[][];
  #inUse = false;

  static async open({ router, name, cable, network, table }: DelayLineOptions): Promise<DelayLine> {
    const device = `late-${name}`;
    router.ip('tuntap', 'add', device, 'mode', 'tun');
    router.ip('link', 'set', device, 'up');
    const program = spawn('ip', ['netns', 'exec', router.name, builtProgram(), device], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let ready = false;
    program.stdout.once('data', () => (ready = true));
    await until('the delay line to be ready', () => ready, { withinMs: 5_000, everyMs: 10 });
    router.ip('route', 'add', 'default', 'dev', device, 'table', String(table));
    const rules = [
      // What has been held back goes its usual way.
      ['pref', '10', 'iif', device, 'lookup', 'main'],
      ['pref', '20', 'iif', cable, 'lookup', String(table)],
      ['pref', '20', 'to', network, 'lookup', String(table)],
    ];
    return new DelayLine(router, program, rules);
  }

  private constructor(router: Namespace, program: ChildProcess, rules: readonly string[][]) {
    this.#router = router;
    this.#program = program;
    this.#rules = rules;
  }

  /** @param ms that each packet takes longer, each way; with 0 it takes no detour */
  set(ms: number): void {
    this.#program.stdin?.write(`${ms}\n`);
    const needed = ms > 0;
    if (needed !== this.#inUse) {
      for (const rule of this.#rules) this.#router.ip('rule', needed ? 'add' : 'delete', ...rule);
    }
    this.#inUse = needed;
  }
}

let built: string | undefined;

/** Made anew for each run: it takes a fraction of a second. */
function builtProgram(): string {
  if (built) return built;
  const dir = mkdtempSync(join(tmpdir(), 'vcallpe-delay-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'delay-line');
  execFileSync('cc', ['-O2', '-o', file, join(import.meta.dirname, 'delay-line.c')]);
  return (built = file);
}
