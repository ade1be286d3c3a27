import type { SpawnSyncReturns } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inRepository } from './setup/paths.ts';
import { testFolder } from './setup/test-folder.ts';

const folder = testFolder();

function write(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o755 });
}

type Packages = Record<string, { version: string; integrity: string; optional?: boolean }>;

const zod = { version: '4.6.7', integrity: 'sha512-zod' };

const packages = {
  '': { name: 'vcallpe' },
  'node_modules/zod': zod,
  'node_modules/zod-for-another-platform': { version: '1.0.0', integrity: 'sha512-other', optional: true },
};
const installed: Packages = { 'node_modules/zod': zod };

/**
 * A repository with the bootstrap and a start command of its own, and an npm that notes how it was called and then does
 * what it is told here.
 */
function repository({
  npm = 'exit 0',
  nodeModules = installed,
  start = 'console.log(process.argv.slice(2).join())',
}) {
  const root = mkdtempSync(join(folder, 'clone-'));
  mkdirSync(join(root, 'infra'));
  copyFileSync(inRepository('infra', 'bootstrap.mjs'), join(root, 'infra', 'bootstrap.mjs'));
  write(join(root, 'package.json'), '{"type":"module"}');
  write(join(root, 'package-lock.json'), JSON.stringify({ packages }));
  write(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: nodeModules }));
  write(join(root, 'infra', 'setup', 'start.ts'), start);
  write(join(root, 'bin', 'npm'), `#!/bin/sh\necho "$@" >>"${root}/npm-calls"\n${npm}\n`);
  const env = { ...process.env, PATH: `${join(root, 'bin')}${delimiter}${process.env.PATH}` };
  const args = [join(root, 'infra', 'bootstrap.mjs'), 'start', '--https'];
  return {
    root,
    run: (): SpawnSyncReturns<string> => spawnSync(process.execPath, args, { env, encoding: 'utf8' }),
    spawn: () => spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] }),
    npmCalls: (): string =>
      existsSync(`${root}/npm-calls`) ? readFileSync(`${root}/npm-calls`, 'utf8') : '',
  };
}

describe('the bootstrap', () => {
  it('installs nothing when node_modules is what the lock file asks for, and hands its arguments over', () => {
    const clone = repository({});
    const { status, stdout } = clone.run();
    expect(stdout).toBe('▸ dependencies … up to date\n▸ Node 24 … ready\n--https\n');
    expect(status).toBe(0);
    expect(clone.npmCalls()).toBe('');
  });

  it.each([
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-old' } }],
  ] satisfies [string, Packages][])('runs npm ci when %s', (_what, nodeModules) => {
    const clone = repository({ nodeModules });
    expect(clone.run().stdout).toContain('▸ dependencies … installed');
    expect(clone.npmCalls()).toBe('ci --include=dev --no-audit --no-fund --loglevel=error\n');
  });

  it("shows npm's words and a remedy when npm ci fails", () => {
    const clone = repository({
      nodeModules: {},
      npm: 'echo "npm error network" >&2; exit 1',
    });
    const { status, stderr } = clone.run();
    expect(stderr).toMatch(
      /^npm error network\n\n✗ npm ci failed; its own words are above\.\n {2}Check that the npm registry/,
    );
    expect(status).toBe(1);
  });

  it("passes on the command's exit code", () => {
    expect(repository({ start: 'process.exitCode = 7' }).run().status).toBe(7);
  });

  it('passes on a signal, and the command decides how to end', async () => {
    const start = `process.once('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up')`;
    const bootstrap = repository({ start }).spawn();
    let output = '';
    for await (const chunk of bootstrap.stdout) {
      output += String(chunk);
      if (output.includes('up\n')) break;
    }
    bootstrap.kill('SIGTERM');
    expect(await once(bootstrap, 'exit')).toEqual([5, null]);
  });
});
