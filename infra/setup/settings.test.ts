import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from './paths.ts';
import { SetupError } from './progress.ts';
import { readSettings } from './settings.ts';

function messageFor(environment: NodeJS.ProcessEnv): string {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SetupError) return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('readSettings', () => {
  it('has a working default for everything', () => {
    expect(readSettings({ HOME: '/home/anna' })).toMatchObject({
      nodeEnv: 'development',
      logLevel: 'info',
      host: '127.0.0.1',
      port: 3000,
      sfuPort: 3001,
      rtcPort: 40_000,
      workers: availableParallelism(),
      dataDir: join(ROOT, '.data'),
      mongodbUri: undefined,
      allowedOrigins: [],
    });
  });

  it('listens to the network with --https, unless HOST says where', () => {
    expect(readSettings({}, { https: true }).host).toBe('0.0.0.0');
    expect(readSettings({ HOST: '127.0.0.1' }, { https: true }).host).toBe('127.0.0.1');
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readSettings({ PORT: '', MONGODB_URI: '' })).toMatchObject({ port: 3000, mongodbUri: undefined });
  });

  it('keeps the cache outside of the repository, where XDG_CACHE_HOME says', () => {
    expect(readSettings({ XDG_CACHE_HOME: '/caches' }).cacheDir).toBe('/caches/vcallpe');
  });

  it.each([
    [{ PORT: 'http' }, 'PORT is "http" and must be a whole number from 1 to 65535.'],
    [{ SFU_PORT: '70000' }, 'SFU_PORT is "70000" and must be a whole number from 1 to 65535.'],
    [{ RTC_PORT: '-1' }, 'RTC_PORT is "-1" and must be a whole number from 1 to 65535.'],
    [{ WORKERS: '0' }, 'WORKERS is "0" and must be a whole number from 1 to 256.'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV is "prod" and must be development, production or test.'],
    [
      { MONGODB_URI: 'db.example.com' },
      'MONGODB_URI is "db.example.com" and must begin with mongodb:// or mongodb+srv://.',
    ],
    [{ HOST: 'http://here' }, 'HOST is "http://here" and must be a host name or an IP address.'],
    [
      { ALLOWED_ORIGINS: 'https://meet.example.com/rooms' },
      'ALLOWED_ORIGINS is "https://meet.example.com/rooms" and must be origins such as https://meet.example.com, separated by commas.',
    ],
    [{ PORT: '4000', SFU_PORT: '4000' }, 'PORT and SFU_PORT are both 4000.'],
    [
      { SFU_PORT: '40001', WORKERS: '2' },
      "SFU_PORT is 40001, which is one of the workers' ports (RTC_PORT: 40000 to 40001).",
    ],
    [
      { RTC_PORT: '65535', WORKERS: '2' },
      'RTC_PORT is 65535, and 2 workers from there on go past port 65535.',
    ],
  ])('refuses %o by name', (environment, message) => {
    expect(messageFor(environment)).toBe(message);
  });

  it('names a secret that is too short without repeating it', () => {
    expect(messageFor({ ROOM_TOKEN_SECRET: 'hunter2' })).toBe(
      'ROOM_TOKEN_SECRET must have at least 32 characters.',
    );
  });

  it('passes the environment on to the children, except the secrets', () => {
    const secret = 's'.repeat(32);
    const { childEnv } = readSettings({ TZ: 'UTC', ACCESS_TOKEN_SECRET: secret, ROOM_TOKEN_SECRET: secret });
    expect(childEnv).toEqual({ TZ: 'UTC' });
  });
});
