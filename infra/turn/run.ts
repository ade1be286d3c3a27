// Runs turnserver under the supervisor, which speaks to a Node program: arguments are the program and its own. It is loaded
// after setup/end-with-supervisor.ts, so it also gets its SIGTERM when the supervisor was killed.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How long turnserver may take to end, ms. It closes its sockets and is gone; the supervisor waits for longer. */
const END_TIMEOUT_MS = 5_000;

/** What an operator wants to see. The rest of what coturn says is a page about itself at its start. */
const NOTEWORTHY = /ERROR|WARNING|Bad configuration|Cannot/;

const [program = 'turnserver', ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
let ending = false;

createInterface({ input: child.stdout }).on('line', (line) => {
  // It repeats names that anybody may send; they must not reach a terminal as control characters.
  if (NOTEWORTHY.test(line)) console.log(line.replaceAll(/[^\x20-\x7e]/g, '?'));
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    ending = true;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS).unref();
  });
}
child.once('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.once('exit', (code) => process.exit(ending ? 0 : (code ?? 1)));
