import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { PASSWORD, signedIn } from '../testing/api-client.ts';
import { ACCESS_TOKEN_SECRET, startTestApi, type TestApi } from '../testing/harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('register', () => {
  it('creates an account and signs in', async () => {
    const body = { email: ' Ann.New@Example.org ', password: PASSWORD, displayName: ' Ann ' };
    const answer = await api.call('POST', '/auth/register', { body });
    const ann = signedIn(answer, 201);
    expect(ann.user).toMatchObject({ email: 'ann.new@example.org', displayName: 'Ann' });
    expect(Object.keys(ann.user).sort()).toEqual(['createdAt', 'displayName', 'email', 'id', 'isAdmin']);
    expect(ann.expiresAt).toBeGreaterThan(Date.now() + 14 * 60_000);
    expect(ann.expiresAt).toBeLessThanOrEqual(Date.now() + 15 * 60_000);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    (await api.call('GET', '/me', { token: ann.accessToken })).expectStatus(200);
  });

  it('keeps the refresh token in a cookie that scripts and other sites never see, and stores only hashes', async () => {
    const body = { email: 'cookie@example.org', password: PASSWORD, displayName: 'Ann' };
    const answer = await api.call('POST', '/auth/register', { body });
    const [header = ''] = answer.headers.getSetCookie();
    expect(header).toMatch(/; Path=\/api\/v1\/auth;/);
    expect(header).toMatch(/; HttpOnly/);
    expect(header).toMatch(/; SameSite=Strict/);
    expect(header).toMatch(/; Max-Age=2592000;/);
    expect(header).not.toMatch(/Secure/);

    const { cookie = '' } = answer;
    const [sessionId = '', secret = ''] = cookie.split('.');
    const session = await api.database.sessions.findById(sessionId).lean();
    expect(session?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(session)).not.toContain(secret);
    expect(answer.text).not.toContain(secret);
    const user = await api.database.users.findOne({ email: body.email }).lean();
    expect(user?.passwordHash).toMatch(/^\$2b\$/);
  });

  it('refuses an email address that is taken, in whatever case it is written', async () => {
    const ann = await api.register();
    const body = { email: ann.user.email.toUpperCase(), password: PASSWORD, displayName: 'Eve' };
    (await api.call('POST', '/auth/register', { body })).expectError('EMAIL_TAKEN');
  });

  it('gives the address to one of two that register at once', async () => {
    const body = { email: 'race@example.org', password: PASSWORD, displayName: 'Ann' };
    const answers = await Promise.all([1, 2].map(() => api.call('POST', '/auth/register', { body })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    await expect(api.database.users.countDocuments({ email: body.email })).resolves.toBe(1);
  });

  it.each([
    ['a short password', { password: 'x'.repeat(9) }, 'password'],
    ['a long password', { password: 'x'.repeat(129) }, 'password'],
    ['no email address', { email: 'not an address' }, 'email'],
    ['an empty name', { displayName: '  ' }, 'displayName'],
    ['a name with a control character', { displayName: 'A\u202enn' }, 'displayName'],
    ['a query in place of text', { email: { $gt: '' } }, 'email'],
  ])('names the field: %s', async (_what, wrong, path) => {
    const body = { email: 'fields@example.org', password: PASSWORD, displayName: 'Ann', ...wrong };
    const error = (await api.call('POST', '/auth/register', { body })).expectError('VALIDATION_FAILED');
    expect(error.details).toEqual([{ path, message: expect.any(String) }]);
    await expect(api.database.users.exists({ email: 'fields@example.org' })).resolves.toBeNull();
  });

  it('refuses fields that it does not know', async () => {
    const body = { email: 'extra@example.org', password: PASSWORD, displayName: 'Ann', role: 'admin' };
    (await api.call('POST', '/auth/register', { body })).expectError('VALIDATION_FAILED');
  });
});

describe('login', () => {
  it('signs in with the password, whatever the case of the address', async () => {
    const ann = await api.register();
    const again = await api.login(ann.user.email.toUpperCase());
    expect(again.user).toEqual(ann.user);
    expect(again.cookie).not.toBe(ann.cookie);
  });

  it('answers an unknown account exactly as a wrong password', async () => {
    // That both cost the same time is shown in passwords.test.ts.
    const ann = await api.register();
    const wrong = { email: ann.user.email, password: 'a wrong password' };
    const unknown = { email: 'nobody@example.org', password: 'a wrong password' };
    const errors = [];
    for (const body of [wrong, unknown]) {
      const answer = await api.call('POST', '/auth/login', { body });
      const error = answer.expectError('INVALID_CREDENTIALS');
      errors.push({ ...error, requestId: undefined });
      expect(answer.cookie).toBeUndefined();
    }
    expect(errors[0]).toEqual(errors[1]);
  });

  it('keeps the twenty newest sessions of an account', async () => {
    const ann = await api.register();
    for (let device = 0; device < 20; device += 1) await api.login(ann.user.email);
    await expect(api.database.sessions.countDocuments({ userId: ann.user.id })).resolves.toBe(20);
    (await api.refresh(ann.cookie)).expectError('TOKEN_INVALID');
  });
});

describe('logout', () => {
  it('ends the session at once, access token and all, and no other', async () => {
    const here = await api.register();
    const there = await api.login(here.user.email);
    const answer = await api.call('POST', '/auth/logout', { cookie: here.cookie });
    expect(answer.expectStatus(204).cookie).toBe('');
    (await api.call('GET', '/me', { token: here.accessToken })).expectError('TOKEN_INVALID');
    (await api.refresh(here.cookie)).expectError('TOKEN_INVALID');
    (await api.call('GET', '/me', { token: there.accessToken })).expectStatus(200);
  });

  it('can be repeated', async () => {
    const ann = await api.register();
    for (let time = 0; time < 2; time += 1) {
      (await api.call('POST', '/auth/logout', { cookie: ann.cookie })).expectStatus(204);
    }
  });

  it('wants the cookie', async () => {
    (await api.call('POST', '/auth/logout')).expectError('UNAUTHENTICATED');
  });
});

describe('logout-all', () => {
  it('ends every session at once, of this account only', async () => {
    const here = await api.register();
    const there = await api.login(here.user.email);
    const other = await api.register();
    const answer = await api.call('POST', '/auth/logout-all', { token: here.accessToken });
    expect(answer.expectStatus(204).cookie).toBe('');
    for (const { accessToken, cookie } of [here, there]) {
      (await api.call('GET', '/me', { token: accessToken })).expectError('TOKEN_INVALID');
      (await api.refresh(cookie)).expectError('TOKEN_INVALID');
    }
    (await api.call('GET', '/me', { token: other.accessToken })).expectStatus(200);
  });
});

describe('access tokens', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const good = { issuer: 'vcallpe-api', audience: 'vcallpe-api' };

  it('are told apart: none, expired, and everything else', async () => {
    const ann = await api.register();
    const { sid } = jwt.decode(ann.accessToken) as { sid: string };
    const sign = (payload: object, secret: string, options: jwt.SignOptions) =>
      jwt.sign({ sid, ...payload }, secret, { subject: ann.user.id, ...options });
    const valid = { exp: now() + 60 };
    const me = (token: string) => api.call('GET', '/me', { token });

    (await me(sign(valid, ACCESS_TOKEN_SECRET, good))).expectStatus(200);
    (await api.call('GET', '/me')).expectError('UNAUTHENTICATED');
    (await me(sign({ exp: now() - 1 }, ACCESS_TOKEN_SECRET, good))).expectError('TOKEN_EXPIRED');
    const refused = {
      'signed by somebody else': sign(valid, 'another secret of thirty-two letters', good),
      'signed by somebody else, and expired': sign({ exp: now() - 1 }, 'x'.repeat(32), good),
      'for another audience': sign(valid, ACCESS_TOKEN_SECRET, { ...good, audience: 'vcallpe-sfu' }),
      'of another issuer': sign(valid, ACCESS_TOKEN_SECRET, { ...good, issuer: 'elsewhere' }),
      'of another algorithm': sign(valid, ACCESS_TOKEN_SECRET, { ...good, algorithm: 'HS512' }),
      'not signed': sign(valid, '', { ...good, algorithm: 'none' }),
      'of a session that is not': sign({ ...valid, sid: 'f'.repeat(24) }, ACCESS_TOKEN_SECRET, good),
      "of somebody else's session": sign(valid, ACCESS_TOKEN_SECRET, { ...good, subject: 'a'.repeat(24) }),
      'with a query in it': sign({ ...valid, sid: { $ne: '' } }, ACCESS_TOKEN_SECRET, good),
      'not a token': 'nonsense',
    };
    for (const [what, token] of Object.entries(refused)) {
      expect({ what, code: (await me(token)).expectError('TOKEN_INVALID').code }).toBeTruthy();
    }
    const basic = await api.call('GET', '/me', { headers: { authorization: 'Basic YW5uOmFubg==' } });
    basic.expectError('TOKEN_INVALID');
    expect(basic.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('end with their session, even before the database sweeps it away', async () => {
    const ann = await api.register();
    const past = new Date(Date.now() - 1);
    await api.database.sessions.updateMany({ userId: ann.user.id }, { $set: { expiresAt: past } });
    (await api.call('GET', '/me', { token: ann.accessToken })).expectError('TOKEN_INVALID');
    (await api.refresh(ann.cookie)).expectError('TOKEN_INVALID');
  });
});
