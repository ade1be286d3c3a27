import { describe, expect, it } from '@jest/globals';
import { installPackage } from './apt.ts';
import { testFolder } from './test-folder.ts';

const folder = testFolder();

describe('installPackage', () => {
  it('says who needs what, and what to do, where it can install nothing', async () => {
    const wanted = { name: 'coturn', need: 'The tests need coturn', remedy: 'sudo apt-get install coturn' };
    await expect(installPackage(wanted, { PATH: folder })).rejects.toMatchObject({
      name: 'SetupError',
      message: 'The tests need coturn, and there is none here.',
      remedy: 'sudo apt-get install coturn',
    });
  });
});
