/** Runs the API as it really runs: a process of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { ApiClient } from './api-client.ts';
import type { Env } from './harness.ts';

const ENTRY = fileURLToPath(new URL('../index.ts', import.meta.url));

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** All that it wrote to stderr. */
  stderr: string;
}

export class ApiProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;

  /** @param env all that the process gets to see of the environment. */
  constructor(env: Env) {
    this.child = fork(ENTRY, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
    const { stderr } = this.child;
    if (!stderr) throw new Error('No stderr');
    // Not 'close', which Node never emits once the IPC channel was closed from this side.
    this.exited = Promise.all([once(this.child, 'exit'), text(stderr)]).then(([[code, signal], output]) => ({
      code,
      signal,
      stderr: output,
    }));
  }

  /** Resolves when it listens, with a client for it. */
  async listening(): Promise<ApiClient> {
    const { stdout } = this.child;
    if (!stdout) throw new Error('No stdout');
    for await (const line of createInterface(stdout)) {
      const { url } = JSON.parse(line) as { url?: string };
      if (url) {
        stdout.resume();
        return new ApiClient(url);
      }
    }
    throw new Error(`It ended before it listened: ${(await this.exited).stderr}`);
  }
}
