// The way into every command of the repository: node infra/bootstrap.mjs <start|dev|test|bench|load|screenshots|admin|doctor> [args]
//
// It is the only file in plain JavaScript, because it runs before anything is installed and on Node 20. It sees to the
// two things that TypeScript needs, the dependencies and Node 24, and hands over to the command's own script.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const COMMANDS = {
  start: 'infra/setup/start.ts',
  dev: 'infra/setup/dev.ts',
  test: 'infra/setup/test.ts',
  bench: 'infra/bench/main.ts',
  load: 'infra/load/main.ts',
  lab: 'infra/lab/main.ts',
  screenshots: 'infra/screenshots/main.ts',
  admin: 'infra/setup/admin.ts',
  doctor: 'infra/doctor/main.ts',
};

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Prints what failed and what to do about it, and ends the process. */
function fail(message, remedy) {
  console.error(`\n✗ ${message}\n  ${remedy}`);
  process.exit(1);
}

/** Runs one step on one line; the work returns how it went in a few words. */
function step(name, work) {
  process.stdout.write(`▸ ${name} … `);
  const startedAt = performance.now();
  const outcome = work();
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(seconds < 0.5 ? outcome : `${outcome} in ${seconds.toFixed(1)} s`);
}

function requireNode20() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 11)) return;
  fail(
    `This is Node ${process.versions.node}, and VCallPe needs 20.11 or later to set itself up.`,
    'Install a current Node (https://nodejs.org) and run the command again.',
  );
}

function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/** Whether npm's own record of what it installed is what package-lock.json asks for. */
function dependenciesMatchLock() {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed[path];
    // Optional packages are mostly other platforms' binaries, which npm leaves out.
    if (!there) return entry.optional === true || entry.devOptional === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

/** Runs npm quietly. What it said is shown only when it failed. */
function npm(args, message, remedy) {
  // npm ci deletes node_modules/.bin/node, so npm itself must run on the Node outside of it.
  const path = process.env.PATH.split(delimiter).filter(
    (entry) => !entry.endsWith(join('node_modules', '.bin')),
  );
  const result = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, PATH: path.join(delimiter) },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  console.log('failed');
  console.error(`${result.error ?? ''}${result.stdout ?? ''}${result.stderr ?? ''}`.trim());
  fail(message, remedy);
}

function installDependencies() {
  if (dependenciesMatchLock()) return 'up to date';
  // With NODE_ENV=production npm would leave out Vite and Node 24, which set-up itself needs.
  npm(
    ['ci', '--include=dev'],
    'npm ci failed; its own words are above.',
    'Check that the npm registry can be reached (npm ping) and that the disk is not full, then run the command again.',
  );
  return 'installed';
}

function majorVersion(node) {
  const result = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return result.status === 0 ? Number(result.stdout.slice(1).split('.')[0]) : 0;
}

/** A Node that runs TypeScript as it is: this one, else the `node` package's, which a script fetches once. */
function findNode24() {
  const packaged = join(root, 'node_modules', '.bin', 'node');
  return [process.execPath, packaged].find((node) => existsSync(node) && majorVersion(node) >= 24);
}

function prepareNode24() {
  if (findNode24()) return 'ready';
  npm(
    ['rebuild', 'node', '--ignore-scripts=false'],
    'The npm package "node" could not fetch Node 24.',
    'Check that the npm registry can be reached, or install Node 24 (https://nodejs.org), then run the command again.',
  );
  if (findNode24()) return 'installed';
  console.log('failed');
  fail(
    `The npm package "node" holds no Node 24 that runs on ${process.platform}-${process.arch}.`,
    'Install Node 24 (https://nodejs.org) and run the command again.',
  );
}

/** Runs the command's script in our place: same terminal, same signals, same exit code. */
function handOver(script, args) {
  // The ipc channel tells the script when this process is gone, even by kill -9.
  const child = spawn(findNode24(), [script, ...args], {
    cwd: root,
    env: { ...process.env, SETUP_STARTED_AT: String(Math.round(performance.timeOrigin)) },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

const [command, ...args] = process.argv.slice(2);
const script = COMMANDS[command];
if (!script) {
  fail(
    `There is no command ${JSON.stringify(command ?? '')}.`,
    `Use one of: node infra/bootstrap.mjs ${Object.keys(COMMANDS).join(' | ')}`,
  );
}
requireNode20();
step('dependencies', installDependencies);
step('Node 24', prepareNode24);
handOver(script, args);
