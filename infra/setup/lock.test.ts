import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tryLock, withLock } from './lock.ts';
import { testFolder } from './test-folder.ts';

const folder = testFolder();

describe('a lock', () => {
  it('is held once, and free after its release', async () => {
    const path = join(folder, 'once');
    const lock = await tryLock(path);
    expect(lock).toBeDefined();
    expect(await tryLock(path)).toBeUndefined();
    await lock?.release();
    const again = await tryLock(path);
    expect(again).toBeDefined();
    await again?.release();
  });

  it('works where the path is too long for a unix socket', async () => {
    const deep = join(folder, 'd'.repeat(120));
    mkdirSync(deep);
    const lock = await tryLock(join(deep, 'lock'));
    expect(lock).toBeDefined();
    expect(await tryLock(join(deep, 'lock'))).toBeUndefined();
    await lock?.release();
  });

  it('lets those who wait in one after the other', async () => {
    const path = join(folder, 'queue');
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(path, work)));
    expect(most).toBe(1);
  });

  it('is free when its holder was killed', async () => {
    const path = join(folder, 'killed');
    const holder = spawn(
      process.execPath,
      [
        '-e',
        `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('holding'))`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      await once(holder.stdout, 'data');
      expect(await tryLock(path)).toBeUndefined();
      const waiting = withLock(path, () => Promise.resolve('mine'));
      holder.kill('SIGKILL');
      expect(await waiting).toBe('mine');
    } finally {
      holder.kill('SIGKILL');
    }
  });
});
