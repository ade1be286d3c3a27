import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { inRepository } from './paths.ts';
import { Supervisor } from './supervisor.ts';
import { testFolder } from './test-folder.ts';
import { isRunning, standIn, until } from './test-processes.ts';

const root = testFolder();
const started: ChildProcess[] = [];
const supervisors: Supervisor[] = [];

afterEach(() => {
  for (const supervisor of supervisors.splice(0)) supervisor.killNow();
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A supervisor of its own folder, with what it and its children said. */
function scene() {
  const folder = mkdtempSync(join(root, 's-'));
  const log = join(folder, 'log');
  const lines: string[] = [];
  const supervisor = new Supervisor((name, line) => lines.push(`${name}: ${line}`));
  supervisors.push(supervisor);
  const events = (): string[] => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
  return { folder, log, lines, supervisor, events };
}

/** The id of the process that the stubborn stand-in started. */
function grandchild(events: string[]): number {
  return Number(/started (\d+)/.exec(events.join('\n'))?.[1]);
}

describe('a service that dies', () => {
  it('is started again, each time after a longer wait, and says so', async () => {
    const { folder, log, lines, supervisor } = scene();
    const service = await supervisor.start(standIn(folder, 'sfu', 'obedient', log));
    for (const restart of [1, 2]) {
      const { pid = 0 } = service;
      process.kill(pid, 'SIGKILL');
      await until(
        'ready again',
        () => lines.filter((line) => line.includes('sfu is ready again')).length === restart,
      );
      expect(service.pid).not.toBe(pid);
      expect(isRunning(pid)).toBe(false);
    }
    const waits = lines.flatMap(
      (line) => /sfu ended \(SIGKILL\); restart (\d) in (\d\.\d) s/.exec(line)?.slice(1, 3) ?? [],
    );
    expect(waits.slice(0, 3)).toEqual(['1', expect.stringMatching(/^0\.[123]$/), '2']);
    expect(waits[3]).toMatch(/^0\.[2345]$/);
    await supervisor.stop();
  });

  it('takes with it what it had started', async () => {
    const { folder, log, supervisor, events } = scene();
    const service = await supervisor.start(standIn(folder, 'sfu', 'stubborn', log));
    const helper = grandchild(events());
    expect(isRunning(helper)).toBe(true);
    process.kill(service.pid ?? 0, 'SIGKILL');
    await until('the helper is gone', () => !isRunning(helper));
    supervisor.killNow();
  });

  it('is replaced at once when development asks for it', async () => {
    const { folder, log, supervisor, events } = scene();
    const service = await supervisor.start(standIn(folder, 'api', 'obedient', log));
    const { pid } = service;
    await service.restart();
    await until('up again', () => events().filter((event) => event === 'api up').length === 2);
    expect(events()).toEqual(['api up', 'api SIGTERM', 'api up']);
    expect(service.pid).not.toBe(pid);
    await supervisor.stop();
  });
});

describe('a service that cannot start', () => {
  it('is a failure with its last words, and is not started again', async () => {
    const { folder, log, supervisor } = scene();
    await expect(supervisor.start(standIn(folder, 'api', 'broken', log))).rejects.toThrow(
      /^api ended at its start\. Its last lines:\n(reading the settings\nthere is no database|there is no database\nreading the settings)$/,
    );
  });
});

describe('stopping', () => {
  it('goes in the reverse order of the start and leaves nothing running', async () => {
    const { folder, log, supervisor, events } = scene();
    const services = [];
    for (const name of ['database', 'sfu', 'api']) {
      services.push(await supervisor.start(standIn(folder, name, 'obedient', log)));
    }
    const pids = services.map(({ pid }) => pid ?? 0);
    expect(pids.every(isRunning)).toBe(true);
    await supervisor.stop();
    expect(events().slice(3)).toEqual(['api SIGTERM', 'sfu SIGTERM', 'database SIGTERM']);
    expect(pids.some(isRunning)).toBe(false);
  });

  it('kills what does not end in time, with everything that it started', async () => {
    const { folder, log, lines, supervisor, events } = scene();
    const spec = { ...standIn(folder, 'sfu', 'stubborn', log), stopTimeoutMs: 200 };
    const { pid = 0 } = await supervisor.start(spec);
    await supervisor.stop();
    expect(events()).toContain('sfu ignores SIGTERM');
    expect(lines.at(-1)).toContain('sfu did not end within 0.2 s and is killed');
    expect(isRunning(pid)).toBe(false);
    await until('the helper is gone', () => !isRunning(grandchild(events())));
  });

  it('ends a service that waits for its restart, and starts nothing any more', async () => {
    const { folder, log, lines, supervisor, events } = scene();
    const spec = standIn(folder, 'api', 'obedient', log);
    const { pid = 0 } = await supervisor.start(spec);
    process.kill(pid, 'SIGKILL');
    await until('the restart is planned', () => lines.some((line) => line.includes('restart 1')));
    await supervisor.stop();
    await expect(supervisor.start(spec)).rejects.toThrow('everything is being stopped');
    expect(events()).toEqual(['api up']);
  });
});

/** Runs a composition of stand-ins in a process of its own, as `npm start` does, until they are up. */
async function runComposition(kind: 'obedient' | 'stubborn') {
  const { folder, log, events } = scene();
  const script = join(folder, 'compose.mts');
  const specs = ['database', 'api'].map((name) => {
    const { args } = standIn(folder, name, kind, log);
    return `await supervisor.start({ name: '${name}', args: ${JSON.stringify(args)}, env: process.env,
      isReady: () => acceptsConnections('${args[2]}') });`;
  });
  writeFileSync(
    script,
    `import { supervise } from '${inRepository('infra', 'setup', 'supervisor.ts')}';
    import { acceptsConnections } from '${inRepository('infra', 'setup', 'readiness.ts')}';
    await supervise(() => undefined, async (supervisor) => { ${specs.join('\n')} console.log('all up'); });`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await until('the composition is up', () => output.includes('all up'));
  return { child, events, output: () => output };
}

describe('supervise', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops everything in order on %s and ends with 0',
    async (signal) => {
      const { child, events } = await runComposition('obedient');
      const ended = once(child, 'exit');
      child.kill(signal);
      // npm and the terminal deliver the same Ctrl-C twice.
      child.kill(signal);
      expect(await ended).toEqual([0, null]);
      expect(events().slice(2)).toEqual(['api SIGTERM', 'database SIGTERM']);
    },
  );

  it('is forced by another Ctrl-C', async () => {
    const { child, events } = await runComposition('stubborn');
    const ended = once(child, 'exit');
    const again = setInterval(() => child.kill('SIGINT'), 100);
    expect(await ended).toEqual([1, null]);
    clearInterval(again);
    const helpers = events().flatMap((event) => /started (\d+)/.exec(event)?.slice(1).map(Number) ?? []);
    expect(helpers).toHaveLength(2);
    await until('the helpers are gone', () => !helpers.some(isRunning));
  });

  it('lets its children end by themselves when it is killed', async () => {
    const { child, events } = await runComposition('obedient');
    child.kill('SIGKILL');
    await until('the children have ended', () => events().length === 4);
    expect(events().slice(2).sort()).toEqual(['api disconnect', 'database disconnect']);
  });
});
