/** Who may ask and order, and what is answered while no SFU is there to. infra/flows has the rest, on the whole stack. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ROUTES, User } from '@vcallpe/shared';
import { createLogger } from '../logger.ts';
import { createApiServer, loadConfig } from '../server.ts';
import { ApiClient, PASSWORD, type Visitor } from '../testing/api-client.ts';
import { startTestApi, testEnv, type TestApi } from '../testing/harness.ts';

/** Whatever listens where the API looks for its SFU. */
let stranger: Server;
let answer: RequestListener;
let api: TestApi;
beforeAll(async () => {
  stranger = createServer((req, res) => answer(req, res)).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const { port } = stranger.address() as AddressInfo;
  api = await startTestApi({ SFU_INTERNAL_URL: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  stranger.closeAllConnections();
  stranger.close();
  await api.close();
});

let asked = 0;
afterEach(() => {
  asked = 0;
});
const answerWith = (status: number, text: string) => {
  answer = (_req, res) => {
    asked += 1;
    res.writeHead(status, { 'content-type': 'application/json' }).end(text);
  };
};

async function admin(): Promise<Visitor> {
  const visitor = await api.register();
  await api.database.users.updateOne({ _id: visitor.user.id }, { $set: { isAdmin: true } });
  return visitor;
}

const ADMIN_ROUTES = Object.keys(ROUTES)
  .filter((key) => key.includes(' /admin/'))
  .map((key) => key.replace(':index', '0').replace(':code', 'bab-baba-bab').split(' ') as [string, string]);

const call = ([method, path]: [string, string], token?: string) =>
  api.call(method, path, {
    ...(method === 'PUT' && { body: { count: 2 } }),
    ...(token !== undefined && { token }),
  });

describe('whoever is no admin', () => {
  it.each(ADMIN_ROUTES)('may not %s %s, and the SFU is not asked', async (...route) => {
    answerWith(200, '{}');
    (await call(route)).expectError('UNAUTHENTICATED');
    (await call(route, 'forged')).expectError('TOKEN_INVALID');
    (await call(route, (await api.register()).accessToken)).expectError('FORBIDDEN');
    expect(asked).toBe(0);
  });

  it('is told before the body is looked at', async () => {
    const { accessToken } = await api.register();
    const sent = { body: { count: -1 }, token: accessToken };
    (await api.call('PUT', '/admin/workers', sent)).expectError('FORBIDDEN');
  });

  it('can not become one by a request', async () => {
    const body = { email: 'eve@example.org', password: PASSWORD, displayName: 'Eve', isAdmin: true };
    (await api.call('POST', '/auth/register', { body })).expectError('VALIDATION_FAILED');
    const { accessToken } = await api.register();
    const change = { body: { displayName: 'Eve', isAdmin: true }, token: accessToken };
    (await api.call('PATCH', '/me', change)).expectError('VALIDATION_FAILED');
  });

  it('loses the right with the flag, within a session', async () => {
    const { accessToken, user } = await admin();
    answerWith(500, '');
    (await call(['GET', '/admin/node'], accessToken)).expectError('UNAVAILABLE');
    await api.database.users.updateOne({ _id: user.id }, { $unset: { isAdmin: 1 } });
    (await call(['GET', '/admin/node'], accessToken)).expectError('FORBIDDEN');
  });
});

describe('an admin', () => {
  it('is told so by GET /me, and nobody else is', async () => {
    const [mia, ben] = [await admin(), await api.register()];
    const flagOf = async ({ accessToken }: Visitor) =>
      (await api.call('GET', '/me', { token: accessToken })).expectStatus(200).as(User).isAdmin;
    expect(await flagOf(mia)).toBe(true);
    expect(await flagOf(ben)).toBe(false);
    expect((await api.login(mia.user.email)).user.isAdmin).toBe(true);
  });

  it.each([
    ['PUT', '/admin/workers', { count: 0 }],
    ['PUT', '/admin/workers', { count: 257 }],
    ['PUT', '/admin/workers', { count: 2, force: true }],
    ['POST', '/admin/workers/-1/drain', undefined],
    ['POST', '/admin/workers/256/undrain', undefined],
    ['GET', '/admin/rooms/..%2fworkers', undefined],
    ['GET', '/admin/rooms/bab-baba-bab?page=0', undefined],
    ['GET', '/admin/rooms/bab-baba-bab?page=1&page=2', undefined],
  ])('is refused %s %s with %j, and the SFU is not asked', async (method, path, body) => {
    answerWith(200, '{}');
    const { accessToken: token } = await admin();
    (await api.call(method, path, { token, body })).expectError('VALIDATION_FAILED');
    expect(asked).toBe(0);
  });

  it.each([
    ['PUT', '/admin/workers', { count: 3 }, { act: 'setWorkers', count: 3 }],
    ['POST', '/admin/workers/1/drain', undefined, { act: 'drain', worker: 1 }],
    ['POST', '/admin/workers/1/undrain', undefined, { act: 'undrain', worker: 1 }],
  ])('is in the log with %s %s', async (method, path, body, logged) => {
    const lines: string[] = [];
    const env = testEnv(api.mongo.uri, { SFU_INTERNAL_URL: 'http://127.0.0.1:1' });
    const server = await createApiServer(
      loadConfig(env),
      createLogger('info', { write: (line) => void lines.push(line) }),
    );
    const { accessToken: token, user } = await admin();
    const result = await new ApiClient(server.url).call(method, path, { token, body });
    await server.close();
    const { requestId } = result.expectError('UNAVAILABLE');
    const acts = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'admin act');
    expect(acts).toEqual([expect.objectContaining({ ...logged, userId: user.id, requestId })]);
  });

  it('is passed on what the SFU refuses', async () => {
    const error = { code: 'ROOM_NOT_FOUND', message: 'Nobody is in this meeting', requestId: 'of the SFU' };
    answerWith(404, JSON.stringify({ error }));
    const { accessToken } = await admin();
    const { message } = (await call(['GET', '/admin/rooms/bab-baba-bab'], accessToken)).expectError(
      'ROOM_NOT_FOUND',
    );
    expect(message).toBe(error.message);
  });
});

describe('an SFU that is not there', () => {
  const refusal = { error: { code: 'TOKEN_INVALID', message: 'Another secret', requestId: 'r' } };
  it.each([
    ['refuses the API', 401, JSON.stringify(refusal)],
    ['answers without sense', 200, '{"workers":3}'],
    ['answers without JSON', 502, '<h1>Bad gateway</h1>'],
    ['fails without a word', 500, '{}'],
  ])('%s: UNAVAILABLE, and when to come back', async (_what, status, text) => {
    answerWith(status, text);
    const result = await call(['GET', '/admin/node'], (await admin()).accessToken);
    expect(result.expectError('UNAVAILABLE').message).toMatch(/^The media server /);
    expect(result.headers.get('retry-after')).toBe('2');
  });

  it('takes the request and never answers', async () => {
    answer = () => (asked += 1);
    const result = await call(['GET', '/admin/node'], (await admin()).accessToken);
    result.expectError('UNAVAILABLE');
    expect(asked).toBe(1);
  });

  it('does not listen', async () => {
    const alone = await startTestApi({ SFU_INTERNAL_URL: 'http://127.0.0.1:1' });
    try {
      const { accessToken, user } = await alone.register();
      await alone.database.users.updateOne({ _id: user.id }, { $set: { isAdmin: true } });
      (await alone.call('GET', '/admin/node', { token: accessToken })).expectError('UNAVAILABLE');
    } finally {
      await alone.close();
    }
  });
});
