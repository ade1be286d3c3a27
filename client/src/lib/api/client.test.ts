import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AppError } from '@vcallpe/shared';
import type { ErrorCode } from '@vcallpe/shared';
import { memoryStore } from '../storage.ts';
import type { KeyValueStore } from '../storage.ts';
import { createClient } from './client.ts';
import { askOnce, restoreSession } from './keep-session.ts';
import { PENDING_REFRESH_KEY } from './refresh.ts';
import { SESSION_HINT_KEY } from './session.ts';

const user = {
  id: '0123456789abcdef01234567',
  email: 'ada@example.org',
  displayName: 'Ada',
  isAdmin: false,
  createdAt: '2026-01-01T00:00:00.000Z',
};

interface Answer {
  status?: number;
  body?: unknown;
  /** Cuts the connection instead of answering. */
  lost?: boolean;
}

type Handler = (request: IncomingMessage) => Answer | Promise<Answer>;

const refused = (status: number, code: ErrorCode): Answer => ({
  status,
  body: { error: { code, message: code, requestId: 'r1' } },
});
const sessionOf = (accessToken: string): Answer => ({ body: { accessToken, expiresAt: 1, user } });

let server: Server;
let routes: Record<string, Handler>;
/** The requests in order of arrival. */
let seen: { route: string; token: string | undefined; key: string | undefined }[];
let storage: KeyValueStore;

beforeEach(async () => {
  routes = {};
  seen = [];
  storage = memoryStore();
  server = createServer((request, response) => {
    void (async () => {
      const route = `${request.method} ${request.url}`;
      const key = request.headers['idempotency-key'];
      seen.push({ route, token: request.headers.authorization, key: Array.isArray(key) ? key[0] : key });
      const { status = 200, body, lost } = (await routes[route]?.(request)) ?? refused(404, 'NOT_FOUND');
      if (lost) return response.destroy();
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function open(locks: LockManager | undefined = undefined) {
  const { port } = server.address() as AddressInfo;
  return createClient({ baseURL: `http://127.0.0.1:${port}`, storage, locks });
}

const refreshes = () => seen.filter(({ route }) => route === 'POST /auth/refresh');

/** Takes the given token only, and says that any other has expired. */
function meFor(token: string): Handler {
  return ({ headers }) =>
    headers.authorization === `Bearer ${token}` ? { body: user } : refused(401, 'TOKEN_EXPIRED');
}

describe('an access token that expired', () => {
  test('is renewed once for all who find out at the same time, and each call is repeated once', async () => {
    routes['POST /auth/login'] = () => sessionOf('old');
    routes['POST /auth/refresh'] = () => sessionOf('new');
    routes['GET /me'] = meFor('new');
    const { api, session } = open();
    await api.login({ email: user.email, password: 'secret' });

    const answers = await Promise.all([api.getMe(), api.getMe(), api.getMe()]);

    expect(answers).toEqual([user, user, user]);
    expect(refreshes()).toHaveLength(1);
    expect(seen.filter(({ route }) => route === 'GET /me')).toHaveLength(6);
    expect(session.accessToken).toBe('new');
  });

  test('is not renewed a second time when the new one is refused as well', async () => {
    routes['POST /auth/login'] = () => sessionOf('old');
    routes['POST /auth/refresh'] = () => sessionOf('new');
    routes['GET /me'] = () => refused(401, 'TOKEN_EXPIRED');
    const { api } = open();
    await api.login({ email: user.email, password: 'secret' });

    await expect(api.getMe()).rejects.toMatchObject({ name: 'AppError', code: 'TOKEN_EXPIRED' });
    expect(refreshes()).toHaveLength(1);
  });

  test('ends the session here when the cookie is refused', async () => {
    routes['POST /auth/login'] = () => sessionOf('old');
    routes['POST /auth/refresh'] = () => refused(401, 'TOKEN_REUSED');
    routes['GET /me'] = meFor('new');
    const { api, session } = open();
    await api.login({ email: user.email, password: 'secret' });

    await expect(api.getMe()).rejects.toMatchObject({ code: 'TOKEN_REUSED' });
    expect(session.getState()).toEqual({ status: 'signedOut' });
    expect(storage.getItem(SESSION_HINT_KEY)).toBeNull();
    expect(storage.getItem(PENDING_REFRESH_KEY)).toBeNull();
  });
});

describe('refresh', () => {
  test('keeps its idempotency key over a lost answer and a reload, and takes a new one afterwards', async () => {
    let lost = true;
    routes['POST /auth/refresh'] = () => (lost ? { lost } : sessionOf('new'));

    await expect(open().api.refresh()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    lost = false;
    const reloaded = open();
    await reloaded.api.refresh();
    await reloaded.api.refresh();

    const [first, second, third] = refreshes().map(({ key }) => key);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test('a lost answer is no sign-out', async () => {
    storage.setItem(SESSION_HINT_KEY, '1');
    routes['POST /auth/refresh'] = () => ({ lost: true });
    const { api, session } = open();
    await expect(api.refresh()).rejects.toBeInstanceOf(AppError);
    expect(session.getState().status).toBe('loading');
    expect(storage.getItem(SESSION_HINT_KEY)).not.toBeNull();
  });

  test.each([
    ['with Web Locks', globalThis.navigator?.locks],
    ['without them', undefined],
  ])('never overlaps a sign-out, %s', async (_name, locks) => {
    let active = 0;
    let mostActive = 0;
    const exclusive = (answer: Answer) => async () => {
      mostActive = Math.max(mostActive, ++active);
      await new Promise((resolve) => setImmediate(resolve));
      active -= 1;
      return answer;
    };
    routes['POST /auth/refresh'] = exclusive(sessionOf('new'));
    routes['POST /auth/logout'] = exclusive({ status: 204 });
    const { api, session } = open(locks);

    await Promise.all([api.refresh(), api.logout()]);

    expect(mostActive).toBe(1);
    expect(session.getState()).toEqual({ status: 'signedOut' });
  });

  test('settles what the page is waiting for', async () => {
    storage.setItem(SESSION_HINT_KEY, '1');
    routes['POST /auth/refresh'] = () => sessionOf('new');
    const { api, session } = open();
    const settled = session.settled();
    await api.refresh();
    await expect(settled).resolves.toMatchObject({ status: 'signedIn', user });
    await expect(session.settled()).resolves.toMatchObject({ status: 'signedIn' });
  });

  test('a call made while the session is being restored waits and is made in its name', async () => {
    storage.setItem(SESSION_HINT_KEY, '1');
    routes['POST /auth/refresh'] = () => sessionOf('new');
    routes['GET /me'] = meFor('new');
    const { api } = open();
    const restored = api.refresh();
    await expect(api.getMe()).resolves.toEqual(user);
    await restored;
    expect(seen.map(({ route }) => route)).toEqual(['POST /auth/refresh', 'GET /me']);
  });
});

const atOnce = () => Promise.resolve();

describe('restoring the session', () => {
  /** As of a page that is being left: the browser takes its locks away. */
  const takenAway = (times: number) =>
    ({
      async request(_name: string, work: () => Promise<unknown>) {
        times -= 1;
        if (times >= 0) throw new DOMException('The document is gone', 'AbortError');
        return await work();
      },
    }) as unknown as LockManager;

  test.each([
    ['the connection is cut', 2, 0],
    ['the page is left while it waits for its turn', 0, 2],
  ])('goes on when %s, and forgets nothing over it', async (_what, cuts, refusals) => {
    storage.setItem(SESSION_HINT_KEY, '1');
    routes['POST /auth/refresh'] = () => ((cuts -= 1) >= 0 ? { lost: true } : sessionOf('new'));
    const { api, session } = open(takenAway(refusals));
    const hints: (string | null)[] = [];
    await restoreSession(api.refresh, session, () => {
      hints.push(storage.getItem(SESSION_HINT_KEY));
      return atOnce();
    });
    expect(hints).toEqual(['1', '1']);
    expect(session.getState()).toMatchObject({ status: 'signedIn', user });
    expect(new Set(refreshes().map(({ key }) => key)).size).toBe(1);
  });

  test('ends when the server says that there is none', async () => {
    storage.setItem(SESSION_HINT_KEY, '1');
    routes['POST /auth/refresh'] = () => refused(403, 'FORBIDDEN');
    const { api, session } = open();
    await restoreSession(api.refresh, session, atOnce);
    expect(session.getState()).toEqual({ status: 'signedOut' });
    expect(refreshes()).toHaveLength(1);
  });
});

describe('a page that needs an account, with no hint of a session', () => {
  test('asks, and shows itself to whom the server knows', async () => {
    routes['POST /auth/refresh'] = () => sessionOf('new');
    const { api, session } = open();
    const asking = askOnce(api.refresh, session, atOnce);
    expect(session.getState()).toEqual({ status: 'loading', unreachable: false });
    await asking;
    expect(session.getState()).toMatchObject({ status: 'signedIn', user });
    expect(storage.getItem(SESSION_HINT_KEY)).not.toBeNull();
  });

  test('asks once, and invites whom the server does not know', async () => {
    routes['POST /auth/refresh'] = () => refused(401, 'UNAUTHENTICATED');
    const { api, session } = open();
    await askOnce(api.refresh, session, atOnce);
    expect(session.getState()).toEqual({ status: 'signedOut' });
    await askOnce(api.refresh, session, atOnce);
    expect(refreshes()).toHaveLength(1);
  });

  test('goes on asking a server that does not answer, and says so', async () => {
    routes['POST /auth/refresh'] = () => (refreshes().length < 3 ? { lost: true } : sessionOf('new'));
    const { api, session } = open();
    const states: unknown[] = [];
    await askOnce(api.refresh, session, () => {
      states.push(session.getState());
      return atOnce();
    });
    expect(states).toEqual(Array(2).fill({ status: 'loading', unreachable: true }));
    expect(session.getState()).toMatchObject({ status: 'signedIn', user });
  });

  test('does not ask after a sign-out', async () => {
    routes['POST /auth/login'] = () => sessionOf('new');
    routes['POST /auth/logout'] = () => ({ status: 204 });
    const { api, session } = open();
    await api.login({ email: user.email, password: 'secret' });
    await api.logout();
    await askOnce(api.refresh, session, atOnce);
    expect(session.getState()).toEqual({ status: 'signedOut' });
    expect(refreshes()).toEqual([]);
  });
});

describe('failures', () => {
  test('carry the code, the details and the request id of the envelope', async () => {
    const details = [{ path: 'name', message: 'A room name can’t be empty' }];
    routes['POST /rooms'] = () => ({
      status: 400,
      body: { error: { code: 'VALIDATION_FAILED', message: 'no', details, requestId: 'r9' } },
    });
    await expect(open().api.createRoom({ name: '' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      details,
      cause: { requestId: 'r9' },
    });
  });

  test.each([
    [502, 'UNAVAILABLE'],
    [413, 'PAYLOAD_TOO_LARGE'],
    [500, 'INTERNAL'],
  ])('an answer %i that is no envelope is %s', async (status, code) => {
    routes['GET /rooms'] = () => ({ status, body: 'Bad gateway' });
    await expect(open().api.listRooms()).rejects.toMatchObject({ name: 'AppError', code });
  });

  test('a success that does not parse is INTERNAL', async () => {
    routes['GET /rooms'] = () => ({ body: { rooms: 'many' } });
    await expect(open().api.listRooms()).rejects.toMatchObject({ name: 'AppError', code: 'INTERNAL' });
  });

  test('a server that is not there is UNAVAILABLE', async () => {
    const { api } = open();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(api.listRooms()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
});
