/** The product as a person starts it: `npm start`, in its own data folder and on ports of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Hopeless, until } from '../browser/wait.ts';
import { answersOk } from '../setup/readiness.ts';
import { freePorts } from './free-ports.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Workers that a service may have, each with a port of its own, from RTC_PORT on. */
const MOST_WORKERS = 8;

export interface Service {
  /** Where a browser goes. */
  url: string;
  sfuUrl: string;
  /** Everything it printed. */
  output: () => string;
  /** Ctrl-C; resolves with the exit code once the process has ended. */
  stop(): Promise<number | null>;
  /** Pids of the processes that it started, by what their command line contains. */
  children(pattern: RegExp): Promise<number[]>;
}

/** @param env settings besides ports and data folder, as the README lists them */
export async function startService(env: Record<string, string> = {}): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vcallpe-service-'));
  const [port, sfuPort, rtcPort] = await freePorts(2 + MOST_WORKERS);
  let output = '';
  const child = spawn(process.execPath, ['infra/bootstrap.mjs', 'start'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: undefined,
      NODE_OPTIONS: '',
      PORT: String(port),
      SFU_PORT: String(sfuPort),
      RTC_PORT: String(rtcPort),
      DATA_DIR: dataDir,
      WORKERS: '1',
      // Test traffic stays on loopback.
      MEDIA_LISTEN: '127.0.0.1',
      // Dozens of joins from one address in a minute are normal here.
      RATE_LIMIT_SCALE: '100',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));

  const url = `http://localhost:${port}`;
  const sfuUrl = `http://localhost:${sfuPort}`;
  const stop = async () => {
    if (!hasEnded(child)) {
      child.kill('SIGINT');
      await once(child, 'exit');
    }
    await rm(dataDir, { recursive: true, force: true });
    return child.exitCode;
  };
  try {
    await until(
      'the service to be ready',
      async () => {
        if (hasEnded(child)) throw new Hopeless(`npm start ended with ${child.exitCode ?? child.signalCode}`);
        return (await isReady(url)) && (await isReady(sfuUrl));
      },
      { withinMs: 600_000 },
    );
  } catch (error) {
    await stop();
    throw new Error(`The service did not start:\n${output}`, { cause: error });
  }
  return { url, sfuUrl, output: () => output, stop, children: (pattern) => descendants(child, pattern) };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

export function isReady(url: string): Promise<boolean> {
  return answersOk(`${url}/readyz`);
}

async function descendants(parent: ChildProcess, pattern: RegExp): Promise<number[]> {
  const ps = spawn('ps', ['-eo', 'pid=,ppid=,args='], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  ps.stdout.on('data', (chunk) => (text += String(chunk)));
  await once(ps, 'close');
  const rows = text
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((row) => row !== null)
    .map(([, pid, ppid, args]) => ({ pid: Number(pid), ppid: Number(ppid), args: args ?? '' }));
  const family = new Set([parent.pid]);
  // A child is listed after its parent only by chance, so look again until nobody new is found.
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const { pid, ppid } of rows) if (family.has(ppid)) family.add(pid);
  }
  return rows.filter(({ pid, args }) => family.has(pid) && pattern.test(args)).map(({ pid }) => pid);
}
