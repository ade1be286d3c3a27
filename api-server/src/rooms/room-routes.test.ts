import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_ROOM_SETTINGS, LIMITS, Room, ROOM_CODE_PATTERN, RoomList } from '@vcallpe/shared';
import type { Visitor } from '../testing/api-client.ts';
import { startTestApi, type TestApi } from '../testing/harness.ts';

let api: TestApi;
let owner: Visitor;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  owner = await api.register();
});

describe('POST /rooms', () => {
  it('creates a room with a code that one can say', async () => {
    const room = await api.createRoom(owner);
    expect(room).toMatchObject({
      name: 'Weekly',
      settings: { guestsAllowed: true, maxParticipants: LIMITS.participantsPerRoomDefault },
      isOwner: true,
    });
    expect(room.code).toMatch(ROOM_CODE_PATTERN);
  });

  it('takes the settings that are given, and the usual ones for the rest', async () => {
    const { settings } = await api.createRoom(owner, { guestsAllowed: false });
    expect(settings).toEqual({ ...DEFAULT_ROOM_SETTINGS, guestsAllowed: false });
  });

  it.each([
    ['no name', {}, 'name'],
    [
      'too many participants',
      { name: 'A', settings: { maxParticipants: LIMITS.participantsPerRoom + 1 } },
      'settings.maxParticipants',
    ],
    ['an unknown setting', { name: 'A', settings: { free: true } }, 'settings'],
    ['a list in place of a body', ['name'], ''],
  ])('names the field: %s', async (_what, body, path) => {
    const answer = await api.call('POST', '/rooms', { body, token: owner.accessToken });
    expect(answer.expectError('VALIDATION_FAILED').details).toEqual([{ path, message: expect.any(String) }]);
  });

  it('wants an account', async () => {
    (await api.call('POST', '/rooms', { body: { name: 'A' } })).expectError('UNAUTHENTICATED');
  });

  it('ends at the limit, also for requests that come all at once', async () => {
    const template = {
      ownerId: owner.user.id,
      name: 'Old',
      settings: { guestsAllowed: true, maxParticipants: 25 },
    };
    const letters = 'bdfgklmnprstvxz';
    const codes = Array.from({ length: LIMITS.roomsPerUser - 1 }, (_, index) => {
      const [a, b] = [letters.charAt(Math.floor(index / 15)), letters.charAt(index % 15)];
      return `${a}a${b}-zizo-xux`;
    });
    await api.database.rooms.insertMany(codes.map((code) => ({ ...template, code })));

    const create = () => api.call('POST', '/rooms', { body: { name: 'New' }, token: owner.accessToken });
    const answers = await Promise.all([1, 2, 3].map(create));
    for (const answer of answers) if (answer.status !== 201) answer.expectError('LIMIT_REACHED');
    const count = () => api.database.rooms.countDocuments({ ownerId: owner.user.id });
    expect(await count()).toBeLessThanOrEqual(LIMITS.roomsPerUser);

    if ((await count()) < LIMITS.roomsPerUser) (await create()).expectStatus(201);
    (await create()).expectError('LIMIT_REACHED');
    expect(await count()).toBe(LIMITS.roomsPerUser);
  });
});

describe('GET /rooms', () => {
  it('lists my rooms and nobody else’s, newest first', async () => {
    const mine = [];
    for (let room = 0; room < 3; room += 1) mine.unshift(await api.createRoom(owner));
    await api.createRoom(await api.register());
    const answer = await api.call('GET', '/rooms', { token: owner.accessToken });
    expect(answer.expectStatus(200).as(RoomList).rooms).toEqual(mine);
  });
});

describe('GET /rooms/:code', () => {
  it('shows a room to whoever knows its code, and who owns it to nobody', async () => {
    const room = await api.createRoom(owner);
    const stranger = await api.register();
    const seenBy = async (token?: string) =>
      (await api.call('GET', `/rooms/${room.code}`, token ? { token } : {})).expectStatus(200);
    expect((await seenBy(owner.accessToken)).as(Room)).toEqual(room);
    for (const token of [stranger.accessToken, undefined]) {
      const answer = await seenBy(token);
      expect(answer.as(Room)).toEqual({ ...room, isOwner: false });
      expect(answer.text).not.toContain(owner.user.id);
    }
  });

  it('reads a code in capitals', async () => {
    const room = await api.createRoom(owner);
    (await api.call('GET', `/rooms/${room.code.toUpperCase()}`)).expectStatus(200);
  });

  it('says when there is none, and when it is not a code', async () => {
    (await api.call('GET', '/rooms/bab-baba-bab')).expectError('ROOM_NOT_FOUND');
    (await api.call('GET', '/rooms/undefined')).expectError('VALIDATION_FAILED');
    (await api.call('GET', '/rooms/%E0%A4%A')).expectError('VALIDATION_FAILED');
  });

  it('refuses a wrong token instead of showing it as to a guest', async () => {
    const room = await api.createRoom(owner);
    (await api.call('GET', `/rooms/${room.code}`, { token: 'nonsense' })).expectError('TOKEN_INVALID');
  });
});

describe('PATCH /rooms/:code', () => {
  it('renames, and changes one setting without the other', async () => {
    const room = await api.createRoom(owner, { maxParticipants: 7 });
    const body = { name: 'Daily', settings: { guestsAllowed: false } };
    const answer = await api.call('PATCH', `/rooms/${room.code}`, { body, token: owner.accessToken });
    const settings = { ...DEFAULT_ROOM_SETTINGS, guestsAllowed: false, maxParticipants: 7 };
    expect(answer.expectStatus(200).as(Room)).toEqual({ ...room, name: 'Daily', settings });
    expect((await api.call('GET', `/rooms/${room.code}`)).as(Room)).toMatchObject({
      name: 'Daily',
      settings,
    });
  });

  it('changes settings without the name', async () => {
    const room = await api.createRoom(owner);
    const body = { settings: { maxParticipants: 3 } };
    const answer = await api.call('PATCH', `/rooms/${room.code}`, { body, token: owner.accessToken });
    const settings = { ...DEFAULT_ROOM_SETTINGS, maxParticipants: 3 };
    expect(answer.expectStatus(200).as(Room)).toEqual({ ...room, settings });
  });

  it('refuses a body with nothing to change', async () => {
    const room = await api.createRoom(owner);
    const answer = await api.call('PATCH', `/rooms/${room.code}`, { body: {}, token: owner.accessToken });
    answer.expectError('VALIDATION_FAILED');
  });
});

describe('DELETE /rooms/:code', () => {
  it('deletes the room, for good', async () => {
    const room = await api.createRoom(owner);
    const remove = () => api.call('DELETE', `/rooms/${room.code}`, { token: owner.accessToken });
    expect((await remove()).expectStatus(204).text).toBe('');
    (await remove()).expectError('ROOM_NOT_FOUND');
    (await api.call('GET', `/rooms/${room.code}`)).expectError('ROOM_NOT_FOUND');
  });
});

describe('a foreign room', () => {
  it.each([
    ['PATCH', { name: 'Mine now' }],
    ['DELETE', undefined],
  ])('is not to be changed: %s', async (method, body) => {
    const room = await api.createRoom(owner);
    const stranger = await api.register();
    const path = `/rooms/${room.code}`;
    (await api.call(method, path, { body, token: stranger.accessToken })).expectError('FORBIDDEN');
    (await api.call(method, path, { body })).expectError('UNAUTHENTICATED');
    const seen = await api.call('GET', path, { token: owner.accessToken });
    expect(seen.as(Room)).toEqual(room);
  });
});
