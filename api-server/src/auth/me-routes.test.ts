import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { User } from '@vcallpe/shared';
import { PASSWORD, signedIn } from '../testing/api-client.ts';
import { startTestApi, type TestApi } from '../testing/harness.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const NEW_PASSWORD = 'a quite different one';

describe('GET /me', () => {
  it('shows the account, without its password', async () => {
    const ann = await api.register();
    const answer = await api.call('GET', '/me', { token: ann.accessToken });
    expect(answer.expectStatus(200).as(User)).toEqual(ann.user);
    expect(answer.text).not.toMatch(/hash|\$2b/i);
  });
});

describe('PATCH /me', () => {
  it('changes the display name', async () => {
    const ann = await api.register();
    const body = { displayName: 'Ann the Second' };
    const answer = await api.call('PATCH', '/me', { body, token: ann.accessToken });
    expect(answer.expectStatus(200).as(User)).toEqual({ ...ann.user, ...body });
  });

  it('changes the password, keeps this session and ends the others', async () => {
    const here = await api.register();
    const there = await api.login(here.user.email);
    const body = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    (await api.call('PATCH', '/me', { body, token: here.accessToken })).expectStatus(200);

    signedIn(await api.refresh(here.cookie));
    (await api.call('GET', '/me', { token: there.accessToken })).expectError('TOKEN_INVALID');
    (await api.refresh(there.cookie)).expectError('TOKEN_INVALID');
    await api.login(here.user.email, NEW_PASSWORD);
    const old = { email: here.user.email, password: PASSWORD };
    (await api.call('POST', '/auth/login', { body: old })).expectError('INVALID_CREDENTIALS');
  });

  it('wants the current password, and changes nothing when it is wrong', async () => {
    const ann = await api.register();
    const body = { currentPassword: 'not this one', newPassword: NEW_PASSWORD, displayName: 'Eve' };
    (await api.call('PATCH', '/me', { body, token: ann.accessToken })).expectError('INVALID_CREDENTIALS');
    expect((await api.login(ann.user.email)).user).toEqual(ann.user);
  });

  it.each([
    ['nothing', {}],
    ['a new password alone', { newPassword: NEW_PASSWORD }],
    ['a weak new password', { currentPassword: PASSWORD, newPassword: 'short' }],
    ['another email address', { email: 'other@example.org' }],
  ])('refuses %s', async (_what, body) => {
    const ann = await api.register();
    (await api.call('PATCH', '/me', { body, token: ann.accessToken })).expectError('VALIDATION_FAILED');
  });
});

describe('DELETE /me', () => {
  it('takes the account, its sessions and its rooms, and nobody else’s', async () => {
    const ann = await api.register();
    const ben = await api.register('Ben');
    const [hers, his] = [await api.createRoom(ann), await api.createRoom(ben)];
    const answer = await api.call('DELETE', '/me', { body: { password: PASSWORD }, token: ann.accessToken });
    expect(answer.expectStatus(204).cookie).toBe('');

    (await api.call('GET', '/me', { token: ann.accessToken })).expectError('TOKEN_INVALID');
    (await api.refresh(ann.cookie)).expectError('TOKEN_INVALID');
    const login = { email: ann.user.email, password: PASSWORD };
    (await api.call('POST', '/auth/login', { body: login })).expectError('INVALID_CREDENTIALS');
    (await api.call('GET', `/rooms/${hers.code}`)).expectError('ROOM_NOT_FOUND');
    (await api.call('GET', `/rooms/${his.code}`)).expectStatus(200);
    await expect(api.database.sessions.countDocuments({ userId: ann.user.id })).resolves.toBe(0);
    // The address is free again.
    const body = { ...login, displayName: 'Ann' };
    (await api.call('POST', '/auth/register', { body })).expectStatus(201);
  });

  it('leaves no room behind that was being created meanwhile', async () => {
    const ann = await api.register();
    const token = ann.accessToken;
    const creating = Array.from({ length: 10 }, () =>
      api.call('POST', '/rooms', { body: { name: 'Late' }, token }),
    );
    await api.call('DELETE', '/me', { body: { password: PASSWORD }, token });
    await Promise.all(creating);
    await expect(api.database.rooms.countDocuments({ ownerId: ann.user.id })).resolves.toBe(0);
  });

  it('wants the password', async () => {
    const ann = await api.register();
    const token = ann.accessToken;
    const wrong = { password: 'not this one' };
    (await api.call('DELETE', '/me', { body: wrong, token })).expectError('INVALID_CREDENTIALS');
    (await api.call('DELETE', '/me', { token })).expectError('VALIDATION_FAILED');
    (await api.call('GET', '/me', { token })).expectStatus(200);
  });
});
