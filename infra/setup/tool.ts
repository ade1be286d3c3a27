// Runs the programs that set-up needs (npm scripts, apt-get, the worker build, Vite, the checks) and leaves none behind.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { killGroup } from './process-group.ts';

export interface ToolOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** The tool is killed when it takes longer than this; without it, it may take as long as it likes. */
  timeoutMs?: number;
  /** Gets everything the tool says. */
  logFile?: string;
  onLine?: (line: string) => void;
  /** Lets the tool write to our own output instead; then there is no tail. */
  show?: boolean;
}

export interface ToolResult {
  /** The exit code; 1 when the tool was killed or could not be started. */
  code: number;
  /** The last lines of stdout and stderr, in the order they came. */
  tail: string;
}

const TAIL_LINES = 300;

const running = new Set<ChildProcess>();

// A tool is in a process group of its own, so a Ctrl-C of the terminal does not reach it: it ends with us, here.
process.on('exit', () => {
  for (const { pid } of running) if (pid !== undefined) killGroup(pid, 'SIGTERM');
});

/** Makes a signal end this process by way of its exit handlers, which the default does not, and so end the tools too. */
export function endToolsOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
}

/** Runs a program to its end. A program that fails or does not exist is a result, not an exception. */
export async function runTool(
  command: string,
  args: string[],
  options: ToolOptions = {},
): Promise<ToolResult> {
  const output = options.show ? 'inherit' : 'pipe';
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', output, output],
    detached: true,
  });
  running.add(child);
  const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile);
  const tail: string[] = [];
  const onLine = (line: string): void => {
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    log?.write(`${line}\n`);
    options.onLine?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLine);
  }
  const { timeoutMs } = options;
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => kill(child), timeoutMs);

  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      onLine(error.message);
      resolve(1);
    });
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  clearTimeout(timer);
  running.delete(child);
  log?.end();
  return { code, tail: tail.join('\n') };
}

function kill({ pid }: ChildProcess): void {
  if (pid !== undefined) killGroup(pid, 'SIGKILL');
}
