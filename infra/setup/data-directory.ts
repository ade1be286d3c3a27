// One installation for each DATA_DIR.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lock } from './lock.ts';
import { tryLock } from './lock.ts';
import { SetupError } from './progress.ts';
import type { Settings } from './settings.ts';

/**
 * Makes DATA_DIR, readable by its owner only, and takes it for this process until that ends.
 * @throws SetupError when another process has it.
 */
export async function takeDataDirectory({ dataDir }: Pick<Settings, 'dataDir'>): Promise<Lock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await tryLock(join(dataDir, 'lock'));
  if (lock) return lock;
  throw new SetupError(
    `VCallPe is running already with its data in ${dataDir}.`,
    'Stop that one first, or give this one a place of its own: DATA_DIR=.data2 PORT=3100 SFU_PORT=3101 RTC_PORT=40100 npm start',
  );
}
