import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { testFolder } from '../../setup/test-folder.ts';

const INCLUDE = join(import.meta.dirname, '..', 'overlay', 'unordered_dense', 'include');
const SOURCE = join(import.meta.dirname, 'unordered_dense.cpp');

const folder = testFolder();

function run(program: string, options: string[]): string {
  const { status, stderr, error } = spawnSync(program, options, { encoding: 'utf8' });
  return status === 0 ? '' : `${program}: ${error?.message ?? stderr}`;
}

// Only a machine that builds the worker has the compiler, and only its worker has these containers.
const whereBuilt = spawnSync('g++', ['--version']).status === 0 ? it : it.skip;

whereBuilt('the overlay’s containers hold what the standard ones hold, and touch no freed memory', () => {
  const program = join(folder, 'containers');
  const checks = ['-std=c++20', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
  expect(run('g++', [...checks, '-I', INCLUDE, SOURCE, '-o', program])).toBe('');
  expect(run(program, [])).toBe('');
});
