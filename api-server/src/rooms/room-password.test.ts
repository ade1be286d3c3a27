import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { JoinGrant, Room } from '@vcallpe/shared';
import type { Visitor } from '../testing/api-client.ts';
import { startTestApi, type TestApi } from '../testing/harness.ts';

const PASSWORD = 'open sesame';

let api: TestApi;
let owner: Visitor;
let room: Room;

const join = (password?: string, address = '203.0.113.1', token?: string) =>
  api.call('POST', `/rooms/${room.code}/join`, {
    body: { displayName: 'Gast', ...(password !== undefined && { password }) },
    headers: { 'x-forwarded-for': address },
    ...(token && { token }),
  });

const change = (body: unknown) =>
  api.call('PATCH', `/rooms/${room.code}`, { body, token: owner.accessToken });

async function start(scale?: string): Promise<void> {
  api = await startTestApi({ TRUST_PROXY: '1', ...(scale && { RATE_LIMIT_SCALE: scale }) });
  owner = await api.register('Olga');
  const body = { name: 'Secret', password: PASSWORD };
  room = (await api.call('POST', '/rooms', { body, token: owner.accessToken })).expectStatus(201).as(Room);
}

describe('the password of a room', () => {
  beforeAll(() => start());
  afterAll(() => api.close());

  it('is asked of everyone but the owner, also of other accounts', async () => {
    expect(room.hasPassword).toBe(true);
    const { accessToken } = await api.register('Ben');
    for (const token of [undefined, accessToken]) {
      (await join(undefined, undefined, token)).expectError('PASSWORD_NEEDED');
      (await join('wrong', undefined, token)).expectError('PASSWORD_WRONG');
      (await join(PASSWORD, undefined, token)).expectStatus(200);
    }
    (await join(undefined, undefined, owner.accessToken)).expectStatus(200).as(JoinGrant);
  });

  it('is stored as a hash, and told to nobody', async () => {
    const stored = await api.database.rooms.findOne({ code: room.code }).lean();
    expect(stored?.passwordHash).toMatch(/^\$2/);
    for (const token of [owner.accessToken, undefined]) {
      const { text } = await api.call('GET', `/rooms/${room.code}`, token ? { token } : {});
      expect(text).not.toContain(stored?.passwordHash);
      expect(text).not.toContain(PASSWORD);
    }
  });

  it('changes, and with it the old one ends; null takes it away', async () => {
    (await join(PASSWORD)).expectStatus(200);
    expect((await change({ password: 'another one' })).expectStatus(200).as(Room).hasPassword).toBe(true);
    (await join(PASSWORD)).expectError('PASSWORD_WRONG');
    (await join('another one')).expectStatus(200);
    (await change({ name: 'Still secret' })).expectStatus(200);
    (await join()).expectError('PASSWORD_NEEDED');
    expect((await change({ password: null })).expectStatus(200).as(Room).hasPassword).toBe(false);
    (await join()).expectStatus(200);
  });
});

describe('guessing it', () => {
  beforeEach(() => start('1'));
  afterEach(() => api.close());

  it('ends after thirty tries from one address, also with the right one, and for nobody else', async () => {
    // Somebody has given the right one before, so that it is remembered.
    (await join(PASSWORD, '203.0.113.9')).expectStatus(200);
    for (let guess = 0; guess < 30; guess += 1) (await join(`no ${guess}`)).expectError('PASSWORD_WRONG');
    const limited = await join('no 31');
    limited.expectError('RATE_LIMITED');
    expect(Number(limited.headers.get('retry-after'))).toBeLessThanOrEqual(300);
    (await join(PASSWORD)).expectError('RATE_LIMITED');
    (await join(PASSWORD, '203.0.113.2')).expectStatus(200);
  });

  it('counts parallel guesses too', async () => {
    const guesses = await Promise.all(Array.from({ length: 40 }, (_each, index) => join(`no ${index}`)));
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(10);
  });

  it('costs nothing with the right one, however many give it at once, and who was wrong before is forgiven', async () => {
    for (let guess = 0; guess < 25; guess += 1) await join(`no ${guess}`);
    const grants = await Promise.all(Array.from({ length: 100 }, () => join(PASSWORD)));
    expect(grants.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
    for (let guess = 0; guess < 30; guess += 1) (await join(`no ${guess}`)).expectError('PASSWORD_WRONG');
  });

  it('of a hundred from ten addresses closes the door to nobody else; from very many it ends', async () => {
    for (let guess = 0; guess < 100; guess += 1) await join('no', `198.51.100.${guess % 10}`);
    (await join(PASSWORD, '203.0.113.7')).expectStatus(200);
    await api.close();
    await start('0.01');
    (await join(PASSWORD, '203.0.113.7')).expectStatus(200);
    let refused = 0;
    for (let guess = 0; guess < 105; guess += 1) {
      const answer = await join('no', `198.51.100.${guess}`);
      if (answer.status === 429) refused += 1;
    }
    expect(refused).toBe(5);
    (await join(PASSWORD, '203.0.113.7')).expectStatus(200);
  });
});
