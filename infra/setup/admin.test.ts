import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectDatabase, type Database } from '@vcallpe/shared/db';
import { startEmbeddedMongo, type EmbeddedMongo } from '../embedded-mongo/src/index.ts';
import { inRepository } from './paths.ts';
import { testFolder } from './test-folder.ts';
import { runTool } from './tool.ts';

const dir = testFolder();

let mongo: EmbeddedMongo;
let database: Database;
beforeAll(async () => {
  mongo = await startEmbeddedMongo({ dir });
  database = await connectDatabase(mongo.uri('vcallpe'));
  for (const name of ['mia', 'ben']) {
    const email = `${name}@example.org`;
    await database.users.create({ email, displayName: name, passwordHash: 'never checked here' });
  }
});
afterAll(async () => {
  await database.close();
  await mongo.close();
});

const admin = (args: string[], dataDir = dir) =>
  runTool(process.execPath, [inRepository('infra', 'setup', 'admin.ts'), ...args], {
    env: { ...process.env, NODE_OPTIONS: '', MONGODB_URI: '', DATA_DIR: dataDir },
  });
const admins = async () => (await database.users.find({ isAdmin: true }).lean()).map(({ email }) => email);

describe('npm run admin', () => {
  it('makes an account an admin and takes it back, however the address is written', async () => {
    expect(await admin(['list'])).toMatchObject({ code: 0, tail: 'There is no admin.' });
    const granted = await admin(['grant', ' Mia@Example.org']);
    expect(granted).toMatchObject({
      code: 0,
      tail: expect.stringMatching(/^mia <mia@example.org>, .*admin/),
    });
    expect(await admins()).toEqual(['mia@example.org']);
    expect((await admin(['list'])).tail).toContain('mia@example.org');
    expect((await admin(['revoke', 'mia@example.org'])).code).toBe(0);
    expect(await admins()).toEqual([]);
  });

  it.each([
    [['grant', 'eve@example.org'], 'There is no account with the email address eve@example.org'],
    [['grant', 'mia'], '"mia" is not an email address'],
    [['grant'], 'npm run admin -- grant'],
    [['grant', 'mia@example.org', 'ben@example.org'], 'npm run admin -- grant'],
    [['promote', 'mia@example.org'], 'npm run admin -- grant'],
  ])('refuses %j, and changes nothing', async (args, words) => {
    const { code, tail } = await admin(args);
    expect({ code, tail }).toEqual({ code: 1, tail: expect.stringContaining(words) });
    expect(await admins()).toEqual([]);
  });

  it('says what to do when the service is not running', async () => {
    const { code, tail } = await admin(['list'], join(dir, 'elsewhere'));
    expect({ code, tail }).toEqual({ code: 1, tail: expect.stringContaining('Start it (npm start)') });
  });
});
