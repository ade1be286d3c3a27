/** The SFU as an operator meets it: a process with an exit code, health, readiness, metrics. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiServer, loadConfig } from '@vcallpe/api-server';
import { startEmbeddedMongo, type EmbeddedMongo } from '@vcallpe/embedded-mongo';
import type { JoinGrant, Room } from '@vcallpe/shared';
import { until } from '../browser/wait.ts';
import { Conference } from '../../client/src/conference/conference.ts';
import { freePort } from '../e2e/free-ports.ts';
import { createDevice, fakeTrack } from './stack.ts';

const INDEX = resolve(import.meta.dirname, '../../sfu-server/src/index.ts');

let dir: string;
let mongo: EmbeddedMongo;
let running: ChildProcess | undefined;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vcallpe-ops-'));
  mongo = await startEmbeddedMongo({ dir });
});
afterAll(async () => {
  await mongo.close();
  await rm(dir, { recursive: true, force: true });
});
afterEach(async () => {
  if (running?.exitCode === null && running.signalCode === null) {
    running.kill('SIGKILL');
    await once(running, 'exit');
  }
});

/** Starts the process and collects what it prints. */
function start(env: Record<string, string>): {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
} {
  const child = spawn(process.execPath, [INDEX], {
    env: { ...process.env, NODE_OPTIONS: '', SFU_PORT: '0', RTC_PORT: '0', WORKERS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const ended = once(child, 'close').then(() => child.exitCode);
  return { child, output: () => output, ended };
}

const settings = (): Record<string, string> => ({
  MONGODB_URI: mongo.uri('ops'),
  ROOM_TOKEN_SECRET: 'a secret that nothing may print, ever',
});

async function ready(output: () => string): Promise<string> {
  return until('the address in the log', () => /"url":"([^"]+)"/.exec(output())?.[1]);
}

describe('the SFU process', () => {
  it('names every setting that is wrong, and ends with 1', async () => {
    const { output, ended } = start({ SFU_PORT: '-1', MONGODB_URI: '', ROOM_TOKEN_SECRET: 'short' });
    expect(await ended).toBe(1);
    for (const name of ['SFU_PORT', 'MONGODB_URI', 'ROOM_TOKEN_SECRET']) expect(output()).toContain(name);
    expect(output()).not.toContain('    at ');
  });

  it('ends with 1 when a worker can not start', async () => {
    const { output, ended } = start({ ...settings(), MEDIASOUP_WORKER_BIN: join(dir, 'no-such-worker') });
    expect(await ended).toBe(1);
    expect(output()).toContain('could not start');
  });

  it('closes in order on SIGTERM, ends by itself with 0, and has printed no secret', async () => {
    const { child, output, ended } = start(settings());
    const url = await ready(output);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready', problems: [] });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(output()).not.toContain('a secret that nothing may print');
  });

  it('tells people in a call that it closes, ends with 0 by itself, and the next one has them back', async () => {
    // Not one that the kernel chooses, and gives to somebody else before the next one wants it.
    const port = String(await freePort());
    const first = start({ ...settings(), SFU_PORT: port });
    await ready(first.output);
    const api = await createApiServer(
      loadConfig({
        NODE_ENV: 'test',
        PORT: '0',
        MONGODB_URI: mongo.uri('ops'),
        ACCESS_TOKEN_SECRET: 'another secret only for tests, 32 characters',
        ROOM_TOKEN_SECRET: settings()['ROOM_TOKEN_SECRET'],
        SFU_PORT: port,
        BCRYPT_COST: '4',
        LOG_LEVEL: 'silent',
      }),
    );
    const conferences: Conference[] = [];
    try {
      const post = async <T>(path: string, body: object, token?: string): Promise<T> => {
        const authorization = token ? { authorization: `Bearer ${token}` } : undefined;
        const response = await fetch(`${api.url}/api/v1${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...authorization },
          body: JSON.stringify(body),
        });
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        return (await response.json()) as T;
      };
      const mia = { email: 'mia@example.org', password: 'correct horse battery', displayName: 'Mia' };
      const { accessToken } = await post<{ accessToken: string }>('/auth/register', mia);
      const { code } = await post<Room>('/rooms', { name: 'Standup' }, accessToken);
      const statuses = new Map<string, Set<string>>();
      for (const displayName of ['Ada', 'Ben']) {
        const conference = new Conference({
          getGrant: () => post<JoinGrant>(`/rooms/${code}/join`, { displayName }),
          createDevice,
          microphone: fakeTrack('audio'),
        });
        const seen = new Set<string>();
        statuses.set(displayName, seen);
        conference.subscribe(() => seen.add(conference.getState().status));
        conferences.push(conference);
        await conference.join();
      }
      const together = () =>
        until('both to hear each other', () =>
          conferences.every((each) => {
            const { status, others } = each.getState();
            return status === 'joined' && others.length === 1 && others[0]?.microphone?.track;
          }),
        );
      await together();

      first.child.kill('SIGTERM');
      expect(await first.ended).toBe(0);
      for (const seen of statuses.values())
        await until('it to come back by itself', () => seen.has('reconnecting'));

      // As the supervisor does.
      await ready(start({ ...settings(), SFU_PORT: port }).output);
      await together();
    } finally {
      await Promise.all(conferences.map((each) => each.leave()));
      await api.close();
    }
  }, 120_000);

  it('shows metrics to this machine, but not through a proxy', async () => {
    const { output } = start(settings());
    const url = await ready(output);
    const metrics = await fetch(`${url}/metrics`);
    expect(metrics.status).toBe(200);
    expect(await metrics.text()).toMatch(/^vcallpe_workers 1$/m);
    expect((await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(
      403,
    );
  });

  it('with a token shows metrics to whoever has it, and to nobody else', async () => {
    const { output } = start({ ...settings(), METRICS_TOKEN: 'a-token-for-prometheus' });
    const url = await ready(output);
    const status = async (authorization?: string) =>
      (await fetch(`${url}/metrics`, { headers: authorization ? { authorization } : {} })).status;
    expect(await status()).toBe(403);
    expect(await status('Bearer a-token-for-prometheuz')).toBe(403);
    expect(await status('Bearer a-token-for-prometheus')).toBe(200);
  });

  it('says what keeps it from being ready', async () => {
    const own = await mkdtemp(join(tmpdir(), 'vcallpe-ops-'));
    const database = await startEmbeddedMongo({ dir: own });
    const { output } = start({ ...settings(), MONGODB_URI: database.uri('ops') });
    const url = await ready(output);
    await database.close();
    await rm(own, { recursive: true, force: true });
    const answer = await fetch(`${url}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ problems: ['the database does not answer'] });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});
