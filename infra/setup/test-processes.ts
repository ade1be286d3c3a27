// Small real processes for the tests of the supervisor, and ways to wait for them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until as waitUntil } from '../browser/wait.ts';
import { acceptsConnections } from './readiness.ts';
import type { ServiceSpec } from './service.ts';

/** Says what happens to it in a log that all share, and serves on a unix socket, as the contract of a service asks. */
const OBEDIENT = `
import { appendFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
const [name, socket, log] = process.argv.slice(2);
const say = (what) => appendFileSync(log, name + ' ' + what + '\\n');
const stop = (why) => { say(why); process.exit(0); };
process.once('SIGTERM', () => stop('SIGTERM'));
process.once('disconnect', () => stop('disconnect'));
rmSync(socket, { force: true });
createServer().listen(socket, () => say('up'));
`;

/** Serves, and ends only by force. It starts another process that does not either. */
const STUBBORN = `
import { appendFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
const [name, socket, log] = process.argv.slice(2);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => appendFileSync(log, name + ' ignores ' + signal + '\\n'));
const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
appendFileSync(log, name + ' started ' + pid + '\\n');
rmSync(socket, { force: true });
createServer().listen(socket);
`;

const BROKEN = `
console.log('reading the settings');
console.error('there is no database');
process.exitCode = 3;
`;

const SCRIPTS = { obedient: OBEDIENT, stubborn: STUBBORN, broken: BROKEN };

/** A service that runs one of the scripts above, from the folder. */
export function standIn(folder: string, name: string, kind: keyof typeof SCRIPTS, log: string): ServiceSpec {
  const script = join(folder, `${kind}.mjs`);
  const socket = join(folder, `${name}.sock`);
  writeFileSync(script, SCRIPTS[kind]);
  return {
    name,
    args: [script, name, socket, log],
    env: process.env,
    isReady: () => acceptsConnections(socket),
  };
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits for a condition; after 50 s it is an error that names it. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  await waitUntil(what, condition, { withinMs: 50_000, everyMs: 20 });
}
