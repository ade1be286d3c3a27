/** The life of the server: it starts or says why not, survives its database, and ends without losing anything. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ErrorResponse, RoomList } from '@vcallpe/shared';
import { generate } from 'selfsigned';
import { createApiServer, loadConfig } from './server.ts';
import { PASSWORD, signedIn } from './testing/api-client.ts';
import { ApiProcess } from './testing/api-process.ts';
import { startTestApi, TestDatabase, testEnv, type Env } from './testing/harness.ts';
import { rawRequest } from './testing/raw-request.ts';

let mongo: TestDatabase;
beforeAll(async () => {
  mongo = await TestDatabase.start();
});
afterAll(() => mongo.remove());

const run = (overrides: Env = {}) => new ApiProcess(testEnv(mongo.uri, { LOG_LEVEL: 'info', ...overrides }));

describe('the process', () => {
  it('loses no acknowledged account, session or room to kill -9', async () => {
    const first = run();
    const client = await first.listening();
    const visitors = await Promise.all([1, 2, 3].map(() => client.register()));
    const rooms = visitors.map((): string[] => []);
    // Everyone creates rooms without pause. The kill comes in the middle of it.
    const busy = visitors.map(async (visitor, index) => {
      for (;;) {
        rooms[index]?.push((await client.createRoom(visitor)).code);
        if (rooms.flat().length >= 20) first.child.kill('SIGKILL');
      }
    });
    for (const result of await Promise.allSettled(busy)) expect(result.status).toBe('rejected');
    await expect(first.exited).resolves.toMatchObject({ signal: 'SIGKILL' });

    const second = run();
    const again = await second.listening();
    for (const [index, visitor] of visitors.entries()) {
      const { accessToken } = signedIn(await again.refresh(visitor.cookie));
      const list = (await again.call('GET', '/rooms', { token: accessToken })).as(RoomList);
      expect(list.rooms.map(({ code }) => code)).toEqual(expect.arrayContaining(rooms[index] ?? []));
      // The access token from before the crash is good as well, and so is the password.
      (await again.call('GET', '/me', { token: visitor.accessToken })).expectStatus(200);
      await again.login(visitor.user.email);
    }
    second.child.kill('SIGTERM');
    await expect(second.exited).resolves.toMatchObject({ code: 0 });
  });

  it('finishes what is under way at SIGTERM, takes nothing new, and exits with 0', async () => {
    // A hash of cost 13 takes half a second, so that the signal arrives while it is being made.
    const api = run({ BCRYPT_COST: '13' });
    const client = await api.listening();
    const body = { email: 'late@example.org', password: PASSWORD, displayName: 'Late' };
    const underWay = client.call('POST', '/auth/register', { body });
    await client.fetch('GET', '/healthz');
    api.child.kill('SIGTERM');
    (await underWay).expectStatus(201);
    await expect(api.exited).resolves.toMatchObject({ code: 0, signal: null, stderr: '' });
    await expect(client.fetch('GET', '/healthz')).rejects.toThrow();
  });

  it('ends when its supervisor is gone', async () => {
    const api = run();
    await api.listening();
    api.child.disconnect();
    await expect(api.exited).resolves.toMatchObject({ code: 0 });
  });

  it('says what is wrong with its settings, and exits with 1', async () => {
    const api = new ApiProcess({ ...testEnv(mongo.uri), ROOM_TOKEN_SECRET: '' });
    const { code, stderr } = await api.exited;
    expect(code).toBe(1);
    expect(stderr).toBe('ROOM_TOKEN_SECRET: is required: at least 32 random characters\n');
  });
});

describe('starting', () => {
  const start = (overrides: Env) => createApiServer(loadConfig(testEnv(mongo.uri, overrides)));

  it('names PORT when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start({ PORT: String(port) })).rejects.toThrow(`PORT: ${port} is already in use`);
    other.close();
  });

  it('names what else it cannot use', async () => {
    await expect(start({ HOST: '203.0.113.1' })).rejects.toThrow(/^HOST: /);
    await expect(start({ TLS_CERT: '/nowhere/cert', TLS_KEY: '/nowhere/key' })).rejects.toThrow(
      /^TLS_CERT: /,
    );
  });

  it('names MONGODB_URI when nothing answers there', async () => {
    const uri = 'mongodb://127.0.0.1:1/vcallpe';
    await expect(start({ MONGODB_URI: uri })).rejects.toThrow(/^MONGODB_URI: /);
  });
});

describe('over TLS', () => {
  it('sends the cookie and HSTS for TLS only, and the SFU by TLS too', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'vcallpe-tls-'));
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }]);
    const files = { TLS_CERT: join(dir, 'cert.pem'), TLS_KEY: join(dir, 'key.pem') };
    await writeFile(files.TLS_CERT, cert);
    await writeFile(files.TLS_KEY, key);
    const api = await startTestApi(files);
    try {
      expect(api.url).toMatch(/^https:/);
      const { headers, status } = await rawRequest(`${api.url}/api/v1/auth/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'tls@example.org', password: PASSWORD, displayName: 'Ann' }),
      });
      expect(status).toBe(201);
      expect(headers['set-cookie']?.[0]).toMatch(/; Secure/);
      expect(headers['strict-transport-security']).toMatch(/^max-age=\d+$/);
      expect(headers['content-security-policy']).toContain('https://127.0.0.1:3001 wss://127.0.0.1:3001');
    } finally {
      await api.close();
      await rm(dir, { recursive: true });
    }
  });
});

describe('without its database', () => {
  it('says so, and goes on when it is back', async () => {
    const api = await startTestApi();
    try {
      const ann = await api.register();
      (await api.fetch('GET', '/readyz')).expectStatus(200);
      await api.mongo.stop();

      // Whatever the first to notice is told (see shared/src/deadline.ts), it is told something, and it may come again.
      const first = (await api.call('GET', '/me', { token: ann.accessToken })).as(ErrorResponse).error.code;
      expect(['UNAVAILABLE', 'TIMEOUT']).toContain(first);
      const me = await api.call('GET', '/me', { token: ann.accessToken });
      me.expectError('UNAVAILABLE');
      expect(Number(me.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      (await api.fetch('GET', '/readyz')).expectError('UNAVAILABLE');
      (await api.fetch('GET', '/healthz')).expectStatus(200);

      await api.mongo.comeBack();
      while ((await api.fetch('GET', '/readyz')).status !== 200);
      (await api.call('GET', '/me', { token: ann.accessToken })).expectStatus(200);
    } finally {
      await api.close();
    }
  });
});
