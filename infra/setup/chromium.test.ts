import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findChromium } from './chromium.ts';
import { testFolder } from './test-folder.ts';

const folder = testFolder();

function program(name: string): string {
  const file = join(folder, name);
  writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
  return file;
}

describe('findChromium', () => {
  it('takes CHROMIUM_BIN before an installed one', async () => {
    program('chromium');
    const own = program('my-browser');
    const found = await findChromium({ chromiumBin: own, childEnv: { PATH: folder } });
    expect(found).toEqual({ outcome: 'from CHROMIUM_BIN', value: own });
  });

  it('refuses a CHROMIUM_BIN that is no program', async () => {
    await expect(findChromium({ chromiumBin: join(folder, 'none'), childEnv: {} })).rejects.toThrow(
      'which is no program',
    );
  });

  it('finds an installed one, Chromium rather than Chrome', async () => {
    program('google-chrome');
    const chromium = program('chromium');
    const found = await findChromium({
      chromiumBin: undefined,
      childEnv: { PATH: `/nowhere${delimiter}${folder}` },
    });
    expect(found).toEqual({ outcome: 'installed already', value: chromium });
  });
});
