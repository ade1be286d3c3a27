import { chmodSync, existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { prepareSecrets } from './secrets.ts';
import { readSettings } from './settings.ts';
import { testFolder } from './test-folder.ts';

const folder = testFolder();

function newDataDir(): string {
  return join(mkdtempSync(join(folder, 'case-')), 'data');
}

const given = { ACCESS_TOKEN_SECRET: 'a'.repeat(32), ROOM_TOKEN_SECRET: 'r'.repeat(32) };

describe('prepareSecrets', () => {
  it('makes two different secrets once, readable by their owner only', async () => {
    const settings = readSettings({ DATA_DIR: newDataDir() });
    const first = await prepareSecrets(settings);

    expect(first.accessTokenSecret).not.toBe(first.roomTokenSecret);
    expect(first.accessTokenSecret.length).toBeGreaterThanOrEqual(32);
    expect(first.roomTokenSecret.length).toBeGreaterThanOrEqual(32);
    expect(statSync(join(settings.dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(statSync(settings.dataDir).mode & 0o777).toBe(0o700);
    expect(await prepareSecrets(settings)).toEqual(first);
  });

  it('keeps a secret of the relay, once there is one', async () => {
    const DATA_DIR = newDataDir();
    const before = await prepareSecrets(readSettings({ DATA_DIR }));
    expect(before.turnSecret).toBeUndefined();

    const settings = readSettings({ DATA_DIR, TURN: 'local' });
    const first = await prepareSecrets(settings);
    expect(first).toMatchObject({ ...before, turnSecret: expect.stringMatching(/^[\w-]{32,}$/) });
    expect(await prepareSecrets(settings)).toEqual(first);
    await expect(
      prepareSecrets(readSettings({ NODE_ENV: 'production', TURN: 'local', ...given })),
    ).rejects.toThrow('TURN_SECRET is not set');
  });

  it('takes wider permissions back', async () => {
    const settings = readSettings({ DATA_DIR: newDataDir() });
    const first = await prepareSecrets(settings);
    const file = join(settings.dataDir, 'secrets.json');
    chmodSync(file, 0o644);

    expect(await prepareSecrets(settings)).toEqual(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('prefers the environment, and then writes nothing', async () => {
    const settings = readSettings({ DATA_DIR: newDataDir(), ...given });
    expect(await prepareSecrets(settings)).toEqual({
      accessTokenSecret: given.ACCESS_TOKEN_SECRET,
      roomTokenSecret: given.ROOM_TOKEN_SECRET,
    });
    expect(existsSync(settings.dataDir)).toBe(false);
  });

  it('keeps the secret of the environment out of the file when only the other one is missing', async () => {
    const settings = readSettings({ DATA_DIR: newDataDir(), ACCESS_TOKEN_SECRET: given.ACCESS_TOKEN_SECRET });
    const secrets = await prepareSecrets(settings);
    expect(secrets.accessTokenSecret).toBe(given.ACCESS_TOKEN_SECRET);
    expect(readFileSync(join(settings.dataDir, 'secrets.json'), 'utf8')).not.toContain(
      given.ACCESS_TOKEN_SECRET,
    );
  });

  it.each(['ACCESS_TOKEN_SECRET', 'ROOM_TOKEN_SECRET'] as const)(
    'refuses production without %s',
    async (name) => {
      const settings = readSettings({
        DATA_DIR: newDataDir(),
        NODE_ENV: 'production',
        ...given,
        [name]: undefined,
      });
      await expect(prepareSecrets(settings)).rejects.toThrow(
        `${name} is not set, and with NODE_ENV=production it must be.`,
      );
      expect(existsSync(settings.dataDir)).toBe(false);
    },
  );

  it('does not replace a file that it cannot read', async () => {
    const settings = readSettings({ DATA_DIR: newDataDir() });
    await prepareSecrets(settings);
    const file = join(settings.dataDir, 'secrets.json');
    writeFileSync(file, '{"ACCESS_TOKEN_SECRET":');

    await expect(prepareSecrets(settings)).rejects.toThrow(
      'does not hold the secrets that set-up wrote there',
    );
    expect(readFileSync(file, 'utf8')).toBe('{"ACCESS_TOKEN_SECRET":');
  });
});
