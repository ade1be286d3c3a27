import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LIMITS, MeetingList, MeetingRecord, type Room } from '@vcallpe/shared';
import { PASSWORD, type Visitor } from '../testing/api-client.ts';
import { startTestApi, type TestApi } from '../testing/harness.ts';

let api: TestApi;
let owner: Visitor;
let room: Room;
let roomId: string;

beforeAll(async () => {
  api = await startTestApi();
  owner = await api.register('Olga');
  room = await api.createRoom(owner);
  roomId = String((await api.database.rooms.findOne({ code: room.code }))?._id);
});
afterAll(() => api.close());

const mia = { participantId: `u:${'a'.repeat(24)}`, displayName: '=Mia' };
const gast = { participantId: 'g:7d5f0a52-52a4-4b6c-9a35-3d6a4a2ab3a1', displayName: 'Gast' };

/** @param startedAt Unix ms */
async function store(startedAt: number, more: object = {}): Promise<string> {
  const at = (ms: number) => new Date(startedAt + ms);
  const { _id } = await api.database.meetings.create({
    roomId,
    startedAt: at(0),
    aliveAt: at(60_000),
    endedAt: at(60_000),
    locked: false,
    removed: [],
    admitted: [],
    attendances: [
      { ...mia, role: 'owner', joinedAt: at(0), leftAt: at(60_000) },
      { ...gast, role: 'guest', joinedAt: at(1_000), leftAt: at(2_000) },
      { ...gast, role: 'guest', joinedAt: at(3_000) },
    ],
    acts: [{ act: 'muted', at: at(1_500), by: mia, whom: gast }],
    ...more,
  });
  return _id.toHexString();
}

const get = (path = '', token = owner.accessToken) =>
  api.call('GET', `/rooms/${room.code}/meetings${path}`, { token });

it('lists the meetings of a room page by page, newest first', async () => {
  for (let index = 0; index < 25; index += 1) await store(1_700_000_000_000 + index * 100_000);
  const first = (await get()).expectStatus(200).as(MeetingList);
  expect(first.meetings).toHaveLength(20);
  expect(first.more).toBe(true);
  expect(first.meetings[0]).toMatchObject({ startedAt: 1_700_002_400_000, people: 2 });
  const before = first.meetings.at(-1)?.startedAt;
  const rest = (await get(`?before=${before}`)).as(MeetingList);
  expect(rest).toMatchObject({ more: false });
  expect(rest.meetings.map(({ startedAt }) => startedAt)).toEqual(
    [4, 3, 2, 1, 0].map((index) => 1_700_000_000_000 + index * 100_000),
  );
});

it('tells who was there when and what hosts did, and gives it as CSV', async () => {
  const id = await store(1_600_000_000_000);
  const record = (await get(`/${id}`)).expectStatus(200).as(MeetingRecord);
  expect(record.attendances).toHaveLength(3);
  expect(record.attendances[2]?.leftAt).toBe(1_600_000_060_000);
  expect(record.acts).toEqual([{ act: 'muted', at: 1_600_000_001_500, by: mia, whom: gast }]);
  const csv = (await get(`/${id}/attendance.csv`)).expectStatus(200);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.headers.get('content-disposition')).toContain(`attendance-${room.code}-2020-09-13.csv`);
  const lines = csv.text.split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[1]).toMatch(/^"'=Mia",/);
});

it('takes the last sign of life for the end of a meeting whose server died', async () => {
  const now = Date.now();
  const died = await store(now - 3_600_000, { endedAt: undefined });
  const goesOn = await store(now - 30_000, { endedAt: undefined, aliveAt: new Date(now) });
  expect((await get(`/${died}`)).as(MeetingRecord).endedAt).toBe(now - 3_600_000 + 60_000);
  expect((await get(`/${goesOn}`)).as(MeetingRecord).endedAt).toBeUndefined();
  expect(LIMITS.meetingResumesWithinMs).toBeLessThan(3_000_000);
});

it('is for the owner only, and of this room only', async () => {
  const id = await store(1_500_000_000_000);
  const stranger = await api.register();
  for (const path of ['', `/${id}`, `/${id}/attendance.csv`]) {
    (await get(path, stranger.accessToken)).expectError('FORBIDDEN');
    (await api.call('GET', `/rooms/${room.code}/meetings${path}`)).expectError('UNAUTHENTICATED');
  }
  const other = await api.createRoom(owner);
  const path = `/rooms/${other.code}/meetings/${id}`;
  (await api.call('GET', path, { token: owner.accessToken })).expectError('NOT_FOUND');
});

it('goes with the room, and with the account', async () => {
  const count = () => api.database.meetings.countDocuments({ roomId });
  expect(await count()).toBeGreaterThan(0);
  (await api.call('DELETE', `/rooms/${room.code}`, { token: owner.accessToken })).expectStatus(204);
  expect(await count()).toBe(0);
  room = await api.createRoom(owner);
  roomId = String((await api.database.rooms.findOne({ code: room.code }))?._id);
  await store(1_600_000_000_000);
  const body = { password: PASSWORD };
  (await api.call('DELETE', '/me', { body, token: owner.accessToken })).expectStatus(204);
  expect(await count()).toBe(0);
});
