import { afterEach, describe, expect, it } from '@jest/globals';
import { Room, type ErrorCode } from '@vcallpe/shared';
import { PASSWORD, type Answer, type Sent } from '../testing/api-client.ts';
import { startTestApi, type TestApi } from '../testing/harness.ts';

let api: TestApi;
afterEach(() => api.close());

/** A request that comes, as the proxy says, from this address. */
const from = (address: string): Sent => ({ headers: { 'x-forwarded-for': address } });
const start = (scale: string) => startTestApi({ TRUST_PROXY: '1', RATE_LIMIT_SCALE: scale });

function expectLimited(answer: Answer, maxSeconds: number): void {
  const error = answer.expectError('RATE_LIMITED');
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThanOrEqual(maxSeconds);
  expect(error.details).toEqual({ retryAfterSeconds: seconds });
}

/** Repeats until the answer is another than `code`, and tells how often it was that. */
async function countUntilLimited(attempt: () => Promise<Answer>, code: ErrorCode, max: number) {
  for (let times = 0; times <= max; times += 1) {
    const answer = await attempt();
    if (answer.status === 429) return { times, answer };
    answer.expectError(code);
  }
  throw new Error(`Still ${code} after ${max} times`);
}

describe('the limit by address', () => {
  it('is on every request except probes, and counts an IPv6 network as one', async () => {
    api = await start('0.001');
    const get = () => api.call('GET', '/nothing', from('2001:db8::1'));
    const { times, answer } = await countUntilLimited(get, 'NOT_FOUND', 20);
    expect(times).toBe(6);
    expectLimited(answer, 60);
    expectLimited(await api.call('GET', '/me', from('2001:db8::2')), 60);
    (await api.call('GET', '/me', from('2001:db8:0:1::1'))).expectError('UNAUTHENTICATED');
    (await api.fetch('GET', '/healthz', from('2001:db8::1'))).expectStatus(200);
    // Pages are counted apart, and generously.
    const page = () => api.fetch('GET', '/nothing', from('2001:db8::1'));
    expect((await countUntilLimited(page, 'NOT_FOUND', 30)).times).toBe(20);
  });

  it.each([
    ['registering', '/auth/register', 'VALIDATION_FAILED', 2],
    ['signing in', '/auth/login', 'VALIDATION_FAILED', 4],
    ['refreshing', '/auth/refresh', 'UNAUTHENTICATED', 20],
    ['guessing rooms', '/rooms/bab-baba-bab/join', 'ROOM_NOT_FOUND', 3],
  ] as const)('is stricter on %s', async (_what, path, code, points) => {
    api = await start('0.01');
    const attempt = () => api.call('POST', path, from('203.0.113.1'));
    const { times, answer } = await countUntilLimited(attempt, code, points);
    expect(times).toBe(points);
    expectLimited(answer, 600);
    (await api.call('POST', path, from('203.0.113.2'))).expectError(code);
  });

  it('on guessing rooms counts guests by address and accounts by themselves', async () => {
    api = await start('0.1');
    const [ann, ben] = [await api.register(), await api.register()];
    const room = await api.createRoom(ann);
    const token = ben.accessToken;
    const guess = (sent: Sent) => api.call('GET', '/rooms/bab-baba-bab', sent);
    expect((await countUntilLimited(() => guess({}), 'ROOM_NOT_FOUND', 30)).times).toBe(30);
    expectLimited(await api.call('GET', `/rooms/${room.code}`), 600);
    (await api.call('GET', `/rooms/${room.code}`, { token })).expectStatus(200);
    expect((await countUntilLimited(() => guess({ token }), 'ROOM_NOT_FOUND', 30)).times).toBe(30);
    expectLimited(await api.call('GET', `/rooms/${room.code}/meetings`, { token }), 600);
    (await api.call('GET', `/rooms/${room.code}`, { token: ann.accessToken })).expectStatus(200);
  });

  it('lets a class of 100 guests in from one address, and again and again while the SFU is away', async () => {
    api = await start('1');
    const { accessToken: token } = await api.register('Olga');
    const body = { name: 'Class', password: 'open sesame' };
    const room = (await api.call('POST', '/rooms', { body, token })).expectStatus(201).as(Room);
    const guest = async (_each: unknown, index: number) => {
      const sent = {
        ...from('203.0.113.1'),
        body: { displayName: `Guest ${index}`, password: 'open sesame' },
      };
      (await api.call('GET', `/rooms/${room.code}`, from('203.0.113.1'))).expectStatus(200);
      for (let attempt = 0; attempt < 10; attempt += 1) {
        (await api.call('POST', `/rooms/${room.code}/join`, sent)).expectStatus(200);
      }
    };
    await Promise.all(Array.from({ length: 100 }, guest));
  });
});

describe('the limit by account', () => {
  const login = (email: string, password: string, address: string) =>
    api.call('POST', '/auth/login', { body: { email, password }, ...from(address) });
  const GUESSER = '203.0.113.66';
  const HOME = '203.0.113.1';

  it('stops a guesser after ten wrong passwords in a row, without locking the owner out', async () => {
    api = await start('1');
    const { user } = await api.register();
    const guess = () => login(user.email, 'a wrong password', GUESSER);
    const { times, answer } = await countUntilLimited(guess, 'INVALID_CREDENTIALS', 10);
    expect(times).toBe(10);
    expectLimited(answer, 900);
    expectLimited(await login(user.email, PASSWORD, GUESSER), 900);
    (await login(user.email, PASSWORD, HOME)).expectStatus(200);
  });

  it('counts for an account that does not exist just the same', async () => {
    api = await start('1');
    const guess = () => login('nobody@example.org', 'a wrong password', GUESSER);
    const { times } = await countUntilLimited(guess, 'INVALID_CREDENTIALS', 10);
    expect(times).toBe(10);
  });

  it('begins anew after the right password', async () => {
    api = await start('1');
    const { user } = await api.register();
    for (const password of ['a wrong password', PASSWORD]) {
      for (let time = 0; time < 9; time += 1) {
        const answer = await login(user.email, password, HOME);
        expect(answer.status).toBe(password === PASSWORD ? 200 : 401);
      }
    }
    for (let time = 0; time < 10; time += 1) {
      (await login(user.email, 'a wrong password', HOME)).expectError('INVALID_CREDENTIALS');
    }
  });

  it('counts parallel guesses too', async () => {
    api = await start('1');
    const { user } = await api.register();
    const guesses = Array.from({ length: 25 }, () => login(user.email, 'a wrong password', GUESSER));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  it('stops a guesser with many addresses, except where the owner has signed in from', async () => {
    api = await start('1');
    const { user } = await api.register();
    (await login(user.email, PASSWORD, HOME)).expectStatus(200);
    let address = 0;
    const guess = () => login(user.email, 'a wrong password', `198.51.100.${(address += 1)}`);
    const { times, answer } = await countUntilLimited(guess, 'INVALID_CREDENTIALS', 110);
    expect(times).toBe(100);
    expectLimited(answer, 3600);
    (await login(user.email, PASSWORD, HOME)).expectStatus(200);
  });

  it('is on the password of a signed-in account as well', async () => {
    api = await start('1');
    const { accessToken } = await api.register();
    const body = { currentPassword: 'a wrong password', newPassword: 'a quite different one' };
    const change = () => api.call('PATCH', '/me', { body, token: accessToken });
    const { times } = await countUntilLimited(change, 'INVALID_CREDENTIALS', 10);
    expect(times).toBe(10);
    const remove = { body: { password: PASSWORD }, token: accessToken };
    expectLimited(await api.call('DELETE', '/me', remove), 900);
  });
});
