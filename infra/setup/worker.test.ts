import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { testFolder } from './test-folder.ts';
import { runTool } from './tool.ts';
import type { WorkerSettings } from './worker.ts';
import { cachedWorkers, findWorker } from './worker.ts';

const folder = testFolder();

/** What set-up knows a worker by: it ends with code 41 when it was not started by mediasoup. */
const WORKER = '#!/bin/sh\nexit 41\n';

function writeProgram(file: string, content: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, 0o755);
  return file;
}

/** A recipe whose build writes the worker and counts how often it ran. */
function recipe(name: string, build = `printf '#!/bin/sh\\nexit 41\\n' >"$2"; chmod +x "$2"`): string {
  const path = join(folder, name);
  writeProgram(
    join(path, 'build.sh'),
    `set -e\necho ran >>"${path}/runs"\necho "[1/1] compiled"\n${build}\n`,
  );
  return path;
}

function runs(recipePath: string): number {
  const log = join(recipePath, 'runs');
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0;
}

/** Settings with an empty cache. The download goes to `base`; nothing answers at the default, port 9. */
function settings(base = 'http://127.0.0.1:9', workerBin?: string): WorkerSettings {
  return {
    workerBin,
    cacheDir: mkdtempSync(join(folder, 'cache-')),
    childEnv: { PATH: process.env.PATH, MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL: base },
  };
}

function find(from: WorkerSettings, recipePath: string): Promise<{ outcome: string; value: string }> {
  return findWorker(from, recipePath, () => undefined);
}

describe('MEDIASOUP_WORKER_BIN', () => {
  it('comes first', async () => {
    const given = writeProgram(join(folder, 'given'), WORKER);
    const never = recipe('never');
    expect(await find(settings(undefined, given), never)).toMatchObject({ value: given });
    expect(runs(never)).toBe(0);
  });

  it.each([
    ['does not exist', join(folder, 'nothing'), 'there is no such file'],
    ['is not executable', join(folder, 'plain-text'), 'is not executable'],
    ['is another program', '/bin/sh', 'is no mediasoup-worker that runs here'],
  ])('is refused when it %s', async (_what, file, message) => {
    writeFileSync(join(folder, 'plain-text'), WORKER, { mode: 0o644 });
    await expect(find(settings(undefined, file), folder)).rejects.toThrow(message);
  });
});

describe('without MEDIASOUP_WORKER_BIN', () => {
  it("downloads mediasoup's prebuilt worker, and then finds it in the cache", async () => {
    const contents = join(folder, 'tar');
    writeProgram(join(contents, 'mediasoup-worker'), WORKER);
    const archive = join(folder, 'worker.tgz');
    await runTool('tar', ['-czf', archive, '-C', contents, 'mediasoup-worker']);
    let downloads = 0;
    const server = createServer((_request, response) => {
      downloads += 1;
      response.end(readFileSync(archive));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const never = recipe('no-build');
    const base = settings(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

    const { prebuilt } = await cachedWorkers(base.cacheDir, never);
    expect(await find(base, never)).toEqual({ outcome: 'downloaded', value: prebuilt });
    expect(await find(base, never)).toEqual({ outcome: 'cached', value: prebuilt });
    expect(downloads).toBe(1);
    expect(runs(never)).toBe(0);
    server.close();
    await once(server, 'close');
  });

  it('builds one when nothing can be downloaded, once for those who ask together', async () => {
    const own = recipe('own');
    const cache = settings();
    const { built } = await cachedWorkers(cache.cacheDir, own);
    const found = await Promise.all([find(cache, own), find(cache, own)]);
    // Whichever came first.
    expect(found.sort((x, y) => x.outcome.localeCompare(y.outcome))).toEqual([
      { outcome: 'built', value: built },
      { outcome: 'cached', value: built },
    ]);
    expect(runs(own)).toBe(1);
  });

  it('builds again when the recipe has changed', async () => {
    const cache = settings();
    const changing = recipe('changing');
    const before = await find(cache, changing);
    mkdirSync(join(changing, 'overlay'));
    writeFileSync(join(changing, 'overlay', 'meson.build'), 'project()');
    const after = await find(cache, changing);
    expect(after.outcome).toBe('built');
    expect(after.value).not.toBe(before.value);
    expect(runs(changing)).toBe(2);
  });

  it('shows why a build failed and where its log is, and caches nothing', async () => {
    const failing = recipe('failing', 'echo "Packages are missing" >&2; exit 1');
    const cache = settings();
    const log = join(cache.cacheDir, 'mediasoup-worker', 'build.log');
    await expect(find(cache, failing)).rejects.toMatchObject({
      message: 'The build of the mediasoup worker failed: Packages are missing',
      remedy: expect.stringContaining(log),
    });
    expect(readFileSync(log, 'utf8')).toContain('[1/1] compiled');
    expect(existsSync((await cachedWorkers(cache.cacheDir, failing)).built)).toBe(false);
  });
});
