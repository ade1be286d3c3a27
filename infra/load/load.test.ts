/**
 * The load tester on the whole stack: it says yes when all is well, and each thing that it watches for is broken on
 * purpose. The machine of a test is shared and slow, so that only the limits meant are strict.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { step } from '../setup/progress.ts';
import { until } from '../browser/wait.ts';
import { startStack, type Stack } from '../flows/stack.ts';
import { BrokenTransport, lose, stutter, swallowVideosBut, type Fault } from './broken-transport.ts';
import { now } from './clock.ts';
import { Crowd } from './crowd.ts';
import { FLOWING_MS } from './expectation.ts';
import { MediaHost } from './media-host.ts';
import type { Media, MediaInput, MediaMethod, MediaOutput, MediaPool } from './media-calls.ts';
import { parseOptions } from './options.ts';
import { onePool } from './processes.ts';
import type { RunReport } from './report.ts';
import { runLoad, type RunContext } from './run.ts';
import { GENERATOR_LIMITS } from './verdict.ts';
import { videoLayers } from './video.ts';

/** Gaps and lateness are the machine's own as well. */
const LENIENT = {
  lossPercent: 1,
  freezes: Infinity,
  generator: { loopP99Ms: Infinity, loopMaxMs: Infinity, cpuPercent: Infinity },
};

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.close());

const quiet: typeof step = async (_name, work) => (await work(() => undefined)).value;

function run(args: string, { media, limits = LENIENT }: { media?: MediaPool; limits?: typeof LENIENT } = {}) {
  const options = parseOptions(args.split(' '), {});
  if (options === 'help') throw new Error('Expected options');
  const context: RunContext = {
    url: stack.apiUrl,
    signal: new AbortController().signal,
    media,
    stage: quiet,
  };
  return runLoad({ ...options, limits }, context);
}

/** A process that answers so much later than the others. */
function slowToAnswer(byMs: number): Media {
  return new (class extends MediaHost {
    override async call<M extends MediaMethod>(method: M, input: MediaInput<M>): Promise<MediaOutput<M>> {
      if (method === 'figures') await delay(byMs);
      return super.call(method, input);
    }
  })('slow');
}

const broken = (fault: () => Fault) =>
  onePool(new MediaHost('broken', { receiveTransport: () => new BrokenTransport(fault()) }));

const SMALL = '--participants 4 --speakers 2 --video 360p --ramp 0 --duration 3';

describe('a run', () => {
  let report: RunReport;
  beforeAll(async () => {
    report = await run(
      '--participants 12 --viewers 2 --speakers 2 --page 4 --ramp 2 --duration 6 --churn 30',
    );
  });

  it('passes when every expected track comes', () => {
    expect(report.verdict).toEqual({ exitCode: 0, generator: [], service: [] });
    const { total, participants } = report.measurement;
    // Four tiles for each of the twelve, and more for those who have changed.
    expect(total.video.expected).toBeGreaterThanOrEqual(48);
    expect(total.video.received).toBe(total.video.expected);
    expect(total.audio.received).toBeGreaterThan(0);
    expect(total.latency?.p50Ms).toBeGreaterThan(0);
    expect(participants.filter(({ left }) => !left)).toHaveLength(12);
    expect(participants.some(({ left }) => left)).toBe(true);
    // One for each who was there from the beginning, and for each who came for another.
    expect(report.joins?.count).toBe(participants.length);
    expect(report.allTiles?.p50Ms).toBeGreaterThan(0);
  });

  it('sends and receives in processes of their own', () => {
    const { processes, sent } = report.measurement;
    expect(processes.map(({ name }) => name)).toEqual(['signaling', 'senders 1', 'receivers 1']);
    expect(sent.videoPackets).toBeGreaterThan(0);
    expect(sent.audioPackets).toBeGreaterThan(0);
  });

  it('leaves nothing behind', async () => {
    await expect(stack.grant(report.room, 'Zoe')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' });
  });
});

describe('broken on purpose', () => {
  it('a track that is missing fails the run, and is named', async () => {
    // Without reports of what arrives: they would make the server hold back the other videos as well. Each sees three.
    const media = broken(() => swallowVideosBut(2));
    // Another process that takes its time is no reason to miss what flowed when this one looked.
    const pool = { ...media, all: [...media.all, slowToAnswer(FLOWING_MS + 500)] };
    const { verdict, measurement } = await run(`${SMALL} --bwe none`, { media: pool });
    expect(verdict.exitCode).toBe(1);
    expect(verdict.service.join()).toMatch(
      /4 of 12 expected video tracks are missing, such as for Load \d the video of Load \d/,
    );
    expect(measurement.participants.map(({ video }) => video.missing.length)).toEqual([1, 1, 1, 1]);
  });

  it('loss above the limit fails the run', async () => {
    const { verdict } = await run(SMALL, { media: broken(lose) });
    expect(verdict.exitCode).toBe(1);
    expect(verdict.service.join()).toMatch(/% of packets never came, more than 1 %/);
  });

  it('freezes above the limit fail the run', async () => {
    const { verdict } = await run(SMALL, { media: broken(stutter), limits: { ...LENIENT, freezes: 20 } });
    expect(verdict.exitCode).toBe(1);
    expect(verdict.service.join()).toMatch(/\d+ freezes, more than 20; the longest gap was \d+ ms/);
  });

  it('joins that fail, fail the run, and are told by their code', async () => {
    const owner = await stack.account('Mia');
    const { code } = await owner.createRoom('Small', { maxParticipants: 3 });
    const { verdict, joinFailures } = await run(`${SMALL} --url ${stack.apiUrl} --room ${code}`);
    expect(joinFailures).toEqual({ ROOM_FULL: 1 });
    expect(verdict.exitCode).toBe(1);
    expect(verdict.service).toEqual(['1 of 4 joins failed (ROOM_FULL 1)']);
  });

  it('a generator that is too slow says that of itself', async () => {
    const block = setInterval(() => {
      const until = performance.now() + 100;
      while (performance.now() < until);
    }, 150);
    try {
      const { verdict } = await run(SMALL, { limits: { ...LENIENT, generator: GENERATOR_LIMITS } });
      expect(verdict.exitCode).toBe(3);
      expect(verdict.generator.join()).toMatch(
        /signaling: its event loop was late by \d+ ms \(p99\), more than 30 ms/,
      );
    } finally {
      clearInterval(block);
    }
  });
});

it('what brings nothing is told to the server, as a browser does, and repaired', async () => {
  const owner = await stack.account('Ben');
  const { code } = await owner.createRoom('Stalled');
  const crowd = new Crowd({
    admit: async (name) => ({ grant: await stack.grant(code, name), askedAtMs: now() }),
    media: onePool(new MediaHost('own')),
    video: videoLayers(360, true),
    page: 1,
    bandwidthEstimation: 'twcc',
    seed: 1,
  });
  try {
    for (let i = 0; i < 2; i += 1) await crowd.join({ publishes: true, speaks: false });
    await until('both to be seen', () => crowd.waitingTiles === 0);
    const room = [...stack.sfu.rooms.rooms.values()].find(({ peers }) => peers.size === 2);
    const [peer] = room?.peers.values() ?? [];
    const video = [...(peer?.receiving.consumers.values() ?? [])].find(({ kind }) => kind === 'video');
    await video?.pause();
    await until('it to be resumed', () => video?.paused === false);
  } finally {
    await crowd.close();
  }
});

describe('the command', () => {
  const start = (...args: string[]) =>
    spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const command = (...args: string[]) => resultOf(start(...args));
  async function resultOf(child: ReturnType<typeof start>) {
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ]);
    return { stdout, stderr, code };
  }

  it('explains itself', async () => {
    const { stdout, code } = await command('--help');
    expect(stdout).toContain('--participants N');
    expect(code).toBe(0);
  });

  it('refuses what it does not understand with 2', async () => {
    const { stderr, code } = await command('--page', 'many');
    expect(stderr).toBe(
      '--page is "many" and must be a whole number from 0 to 49.\nSee: npm run load -- --help\n',
    );
    expect(code).toBe(2);
  });

  it('says when there is no service', async () => {
    const { stderr, code } = await command('--url', 'http://127.0.0.1:9');
    expect(stderr).toContain('http://127.0.0.1:9/api/v1/auth/register can’t be reached');
    expect(code).toBe(1);
  });

  it('ends with 1 when voices are missing', async () => {
    const deaf = await startStack({ AUDIBLE_SPEAKERS: '1' });
    try {
      const { stdout, code } = await command(
        ...`${SMALL} --video off --speakers 4 --url ${deaf.apiUrl}`.split(' '),
      );
      expect(stdout).toMatch(
        /8 of 12 expected audio tracks are missing, such as for Load \d the voice of Load \d/,
      );
      // A machine that is busy with other tests may be too slow to tell, and must then say so.
      expect(code).toBe(stdout.includes('too slow to tell') ? 3 : 1);
    } finally {
      await deaf.close();
    }
  });

  it('ends with 3 when it stood still itself', async () => {
    const child = start(...`${SMALL} --video off --url ${stack.apiUrl}`.split(' '));
    const result = resultOf(child);
    const stopping = setInterval(() => {
      child.kill('SIGSTOP');
      setTimeout(() => child.kill('SIGCONT'), 400);
    }, 1_000);
    try {
      const { stdout, code } = await result;
      expect(stdout).toMatch(/signaling: its event loop stood still for \d+ ms, more than 250 ms/);
      expect(code).toBe(3);
    } finally {
      clearInterval(stopping);
    }
  });

  it('runs, prints its table, and writes the report, without the password', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vcallpe-load-'));
    try {
      const file = join(folder, 'report.json');
      const { stdout, code } = await command(
        ...`${SMALL} --max-freezes 100000 --url ${stack.apiUrl} --json ${file}`.split(' '),
      );
      expect(stdout).toMatch(/video tracks +12 of 12 expected/);
      const report = JSON.parse(await readFile(file, 'utf8')) as RunReport;
      // A machine that is busy with other tests may be too slow to tell, and must then say so.
      expect(report.verdict.exitCode).toBe(code);
      expect(report.verdict.service).toEqual([]);
      expect(report).toMatchObject({
        options: { participants: 4 },
        measurement: { total: { video: { received: 12 } } },
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
