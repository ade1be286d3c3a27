import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signedIn } from '../testing/api-client.ts';
import { startTestApi, type TestApi } from '../testing/harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('refresh', () => {
  it('exchanges the token for a new one, again and again', async () => {
    let visitor = await api.register();
    const seen = new Set([visitor.cookie]);
    for (let time = 1; time <= 3; time += 1) {
      visitor = signedIn(await api.refresh(visitor.cookie));
      seen.add(visitor.cookie);
      expect(seen.size).toBe(1 + time);
      (await api.call('GET', '/me', { token: visitor.accessToken })).expectStatus(200);
    }
  });

  it('moves the end of the session on', async () => {
    const ann = await api.register();
    const soon = new Date(Date.now() + 60_000);
    await api.database.sessions.updateMany({ userId: ann.user.id }, { $set: { expiresAt: soon } });
    signedIn(await api.refresh(ann.cookie));
    const session = await api.database.sessions.findOne({ userId: ann.user.id }).lean();
    expect(session?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 29 * 24 * 3_600_000);
  });

  it('ends the whole family when a used token comes back', async () => {
    const ann = await api.register();
    const next = signedIn(await api.refresh(ann.cookie));
    const reuse = await api.refresh(ann.cookie);
    reuse.expectError('TOKEN_REUSED');
    expect(reuse.cookie).toBe('');
    (await api.refresh(next.cookie)).expectError('TOKEN_INVALID');
    (await api.call('GET', '/me', { token: next.accessToken })).expectError('TOKEN_INVALID');
    await expect(api.database.sessions.countDocuments({ userId: ann.user.id })).resolves.toBe(0);
  });

  it('lets one of two parallel exchanges win, and ends the family since one of them may be a thief', async () => {
    const ann = await api.register();
    const answers = await Promise.all([api.refresh(ann.cookie), api.refresh(ann.cookie)]);
    const [winner, loser] = answers.sort((a, b) => a.status - b.status);
    const { cookie } = signedIn(winner!);
    loser!.expectError('TOKEN_REUSED');
    (await api.refresh(cookie)).expectError('TOKEN_INVALID');
  });

  it.each(['', 'nonsense', `${'f'.repeat(24)}.${'A'.repeat(43)}`, `${'f'.repeat(24)}.short`])(
    'refuses %p and clears it',
    async (cookie) => {
      const answer = await api.refresh(cookie);
      answer.expectError(cookie ? 'TOKEN_INVALID' : 'UNAUTHENTICATED');
      if (cookie) expect(answer.cookie).toBe('');
    },
  );

  it('is refused once the account is gone', async () => {
    const ann = await api.register();
    await api.database.users.deleteOne({ _id: ann.user.id });
    (await api.refresh(ann.cookie)).expectError('TOKEN_INVALID');
  });
});

describe('refresh with an Idempotency-Key', () => {
  it('answers the repeat of an attempt with the same token, so a lost answer signs nobody out', async () => {
    const ann = await api.register();
    const key = randomUUID();
    const first = signedIn(await api.refresh(ann.cookie, key));
    const repeat = signedIn(await api.refresh(ann.cookie, key));
    expect(repeat.cookie).toBe(first.cookie);
    expect(first.cookie).not.toBe(ann.cookie);
    signedIn(await api.refresh(repeat.cookie, randomUUID()));
  });

  it('gives parallel repeats the same token', async () => {
    const ann = await api.register();
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => api.refresh(ann.cookie, key)));
    expect(new Set(answers.map((answer) => signedIn(answer).cookie)).size).toBe(1);
  });

  it.each([
    ['another key', () => randomUUID()],
    ['no key', () => undefined],
  ])('still takes a used token with %s for a theft', async (_what, otherKey) => {
    const ann = await api.register();
    const next = signedIn(await api.refresh(ann.cookie, randomUUID()));
    (await api.refresh(ann.cookie, otherKey())).expectError('TOKEN_REUSED');
    (await api.refresh(next.cookie)).expectError('TOKEN_INVALID');
  });

  it.each([
    ['with a key', () => randomUUID()],
    ['without one', () => undefined],
  ])('ends the repeat once the successor was exchanged %s', async (_what, nextKey) => {
    const ann = await api.register();
    const key = randomUUID();
    const next = signedIn(await api.refresh(ann.cookie, key));
    signedIn(await api.refresh(next.cookie, nextKey()));
    (await api.refresh(ann.cookie, key)).expectError('TOKEN_REUSED');
  });

  it('wants the key to be a UUID, and uses nothing up when it is not', async () => {
    const ann = await api.register();
    (await api.refresh(ann.cookie, 'again')).expectError('VALIDATION_FAILED');
    signedIn(await api.refresh(ann.cookie));
  });
});

describe('the cookie routes', () => {
  it.each(['/auth/refresh', '/auth/logout'])('refuse a foreign page: %s', async (path) => {
    const ann = await api.register();
    for (const origin of ['https://evil.example', 'null', api.url.replace('http', 'https')]) {
      const answer = await api.call('POST', path, { cookie: ann.cookie, headers: { origin } });
      answer.expectError('FORBIDDEN');
    }
    signedIn(await api.call('POST', '/auth/refresh', { cookie: ann.cookie, headers: { origin: api.url } }));
  });
});
