/** Who gets in: lobby, lock, waiting for a host, roles that last, and a meeting that survives its server. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type {
  EventPayload,
  JoinedRoom,
  JoinGrant,
  JoinRoomBody,
  MeetingList,
  MeetingRecord,
  Room,
  UpdateRoomBody,
  WaitingPerson,
} from '@vcallpe/shared';
import { connectDatabase, type Database } from '@vcallpe/shared/db';
import type { Conference } from '../../client/src/conference/conference.ts';
import { until } from '../browser/wait.ts';
import { enterRaw, type RawClient } from './raw-client.ts';
import { startStack, type Account, type Stack } from './stack.ts';

let stack: Stack;
let mia: Account;
let room: Room;
const clients: RawClient[] = [];

beforeAll(async () => {
  stack = await startStack();
  mia = await stack.account('Mia');
});
afterAll(() => stack.close());
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

const patch = (body: UpdateRoomBody) => stack.call('PATCH', `/rooms/${room.code}`, mia.accessToken, body);

const grantOf = (displayName: string, more: JoinRoomBody) =>
  stack.call<JoinGrant>('POST', `/rooms/${room.code}/join`, undefined, { displayName, ...more });

const newRoom = async (settings: Partial<Room['settings']> = {}) => {
  room = await mia.createRoom('Door', settings);
};

async function connect(who: Account | string, grant?: JoinGrant): Promise<RawClient> {
  const client = await enterRaw(grant ?? (await stack.grant(room.code, who)));
  clients.push(client);
  return client;
}

async function joined(who: Account | string): Promise<RawClient & { joined: JoinedRoom }> {
  const client = await connect(who);
  return Object.assign(client, { joined: await client.request<JoinedRoom>('join') });
}

const heard = (client: RawClient, name: string): unknown[] =>
  client.events.filter((event) => event.name === name).map(({ payload }) => payload);

const lobbyOf = (client: RawClient): string[] =>
  (heard(client, 'lobbyChanged').at(-1) as { waiting: WaitingPerson[] } | undefined)?.waiting.map(
    ({ displayName }) => displayName,
  ) ?? [];

describe('a lobby', () => {
  let host: RawClient & { joined: JoinedRoom };
  beforeEach(async () => {
    await newRoom({ lobby: true });
    host = await joined(mia);
    expect(host.joined.lobby).toEqual([]);
  });

  const knocks = async (who: string, grant?: JoinGrant) => {
    const client = await connect(who, grant);
    await expect(client.request('join')).rejects.toMatchObject({ code: 'ADMISSION_NEEDED' });
    expect(await client.request('knock')).toEqual({ waitingFor: 'admission' });
    await until(`${who} to be told`, () => lobbyOf(host).includes(who));
    return client;
  };
  const idOf = (name: string) =>
    (heard(host, 'lobbyChanged').at(-1) as { waiting: WaitingPerson[] }).waiting.find(
      ({ displayName }) => displayName === name,
    )?.participantId;

  it('shows two knockers in order, lets one in and turns one away, for the whole meeting', async () => {
    const ben = await knocks('Ben');
    const grant = await stack.grant(room.code, 'Zoe');
    const zoe = await knocks('Zoe', grant);
    expect(lobbyOf(host)).toEqual(['Ben', 'Zoe']);
    await host.request('tellLobby', { text: 'Five minutes' });
    for (const waiting of [ben, zoe]) {
      await until('the message', () => heard(waiting, 'lobbyMessage').length === 1);
    }

    await host.request('admit', { participantIds: [idOf('Ben')] });
    await until('the answer', () => heard(ben, 'admission').length === 1);
    expect((await ben.request<JoinedRoom>('join')).self).toMatchObject({ displayName: 'Ben', role: 'guest' });

    await host.request('deny', { participantIds: [idOf('Zoe')] });
    await until('the answer', () => heard(zoe, 'admission').length === 1);
    expect(heard(zoe, 'admission')).toEqual([{ answer: 'denied' }]);
    await until('an empty lobby', () => lobbyOf(host).length === 0);
    const again = await connect('Zoe', await grantOf('Zoe', { guestKey: grant.guestKey }));
    await expect(again.request('join')).rejects.toMatchObject({ code: 'REMOVED' });
    await expect(again.request('knock')).rejects.toMatchObject({ code: 'REMOVED' });
  });

  it('has one person once, until the last of their sockets is gone', async () => {
    const grant = await stack.grant(room.code, 'Ben');
    const one = await knocks('Ben', grant);
    const two = await knocks('Ben', await grantOf('Ben', { guestKey: grant.guestKey }));
    await one.request('knock');
    const zoe = await knocks('Zoe');
    expect(lobbyOf(host)).toEqual(['Ben', 'Zoe']);
    one.close();
    zoe.close();
    await until('Zoe to be gone', () => lobbyOf(host).length === 1);
    expect(lobbyOf(host)).toEqual(['Ben']);
    two.close();
    await until('Ben to be gone', () => lobbyOf(host).length === 0);
  });

  it('lets all in at once, and tells a message also to who comes later', async () => {
    await host.request('tellLobby', { text: 'Welcome' });
    const people = await Promise.all(['Ben', 'Zoe', 'Kim'].map((name) => knocks(name)));
    for (const person of people)
      expect(heard(person, 'lobbyMessage')).toEqual([{ text: 'Welcome', from: 'Mia' }]);
    await host.request('admitAll');
    for (const person of people) {
      await until('the answer', () => heard(person, 'admission').length === 1);
      await person.request('join');
    }
  });

  it('comes to a client as waiting, and goes on when its socket is cut', async () => {
    let grants = 0;
    let guestKey: string | undefined;
    const ben: Promise<Conference> = stack.enter(room.code, 'Ben', {
      getGrant: async () => {
        const grant = await grantOf('Ben', { guestKey });
        grants += 1;
        guestKey = grant.guestKey;
        return grant;
      },
    });
    await until('Ben to wait', () => lobbyOf(host).length === 1);
    const before = idOf('Ben');
    await stack.restartSfu();
    host = await joined(mia);
    await until('Ben to wait again', () => lobbyOf(host).length === 1);
    expect(grants).toBeGreaterThan(1);
    expect(idOf('Ben')).toBe(before);
    await host.request('admitAll');
    const conference = await ben;
    expect(conference.getState()).toMatchObject({ status: 'joined' });
    // Or the next restart would bring it into the room of another test.
    await conference.leave();
  });

  it('ends for a client that is turned away', async () => {
    const zoe = stack.enter(room.code, 'Zoe');
    const failed = expect(zoe).rejects.toMatchObject({ code: 'REMOVED' });
    await until('Zoe to wait', () => lobbyOf(host).length === 1);
    await host.request('deny', { participantIds: [idOf('Zoe')] });
    await failed;
  });

  it('is opened by its setting while people wait', async () => {
    const ben = await knocks('Ben');
    await patch({ settings: { lobby: false } });
    await until('Ben to be let in', () => heard(ben, 'admission').length === 1);
    await ben.request('join');
  });

  it('ends with the meeting, and with the room', async () => {
    const ben = await knocks('Ben');
    await host.request('endMeeting');
    await until('Ben to hear of it', () => heard(ben, 'sessionEnded').length === 1);
    expect(heard(ben, 'sessionEnded')).toEqual([{ reason: 'meetingEnded' }]);
  });
});

describe('waiting for a host', () => {
  beforeEach(() => newRoom({ joinBeforeHost: false }));

  it('ends when one comes', async () => {
    const ben = await connect('Ben');
    await expect(ben.request('join')).rejects.toMatchObject({
      code: 'ADMISSION_NEEDED',
      details: { waitingFor: 'host' },
    });
    expect(await ben.request('knock')).toEqual({ waitingFor: 'host' });
    await expect(ben.request('join')).rejects.toMatchObject({ code: 'ADMISSION_NEEDED' });
    const host = await joined(mia);
    await until('Ben to be let in', () => heard(ben, 'admission').length === 1);
    await ben.request('join');
    // From now on nobody waits.
    await joined('Zoe');
    await host.request('leave');
  });

  it('leaves no room behind when those who wait have gone', async () => {
    const ben = await connect('Ben');
    await ben.request('knock');
    expect([...stack.sfu.rooms.rooms.values()].some(({ info }) => info.code === room.code)).toBe(true);
    ben.close();
    await until('the room to close', () =>
      [...stack.sfu.rooms.rooms.values()].every(({ info }) => info.code !== room.code),
    );
  });
});

describe('a removal', () => {
  it('has who is new to the meeting knock for the rest of it, so that nobody is back under another name', async () => {
    await newRoom();
    const host = await joined(mia);
    const kim = await connect('Kim');
    const grant = await stack.grant(room.code, 'Ben');
    const ben = await connect('Ben', grant);
    const { self } = await ben.request<JoinedRoom>('join');
    await kim.request('join');
    await host.request('removePeer', { peerId: self.peerId });
    await until('hosts to be told', () => heard(host, 'meetingChanged').length === 1);
    expect(heard(host, 'meetingChanged')).toEqual([expect.objectContaining({ newcomersKnock: true })]);

    const same = await connect('Ben', await grantOf('Ben', { guestKey: grant.guestKey }));
    await expect(same.request('join')).rejects.toMatchObject({ code: 'REMOVED' });
    for (const who of ['Somebody else', await stack.account('Bob')]) {
      const other = await connect(who);
      await expect(other.request('join')).rejects.toMatchObject({ code: 'ADMISSION_NEEDED' });
      expect(await other.request('knock')).toEqual({ waitingFor: 'admission' });
    }
    await until('them to be seen', () => lobbyOf(host).join() === 'Somebody else,Bob');
    await stack.restartSfu();
    const late = await connect('Late');
    await expect(late.request('join')).rejects.toMatchObject({ code: 'ADMISSION_NEEDED' });

    const back = await joined(mia);
    await back.request('endMeeting');
    // In the next one the door is as the room is set.
    await until('the end', () => heard(back, 'sessionEnded').length === 1);
    await joined('Somebody else');
  });
});

describe('letting back in', () => {
  const barredOf = (client: RawClient) =>
    (heard(client, 'barredChanged').at(-1) as EventPayload<'barredChanged'> | undefined)?.barred ?? [];

  it('undoes a removal and a refusal, and with the last of them newcomers need not knock any more', async () => {
    await newRoom();
    const host = await joined(mia);
    expect(host.joined.barred).toEqual([]);
    const grant = await stack.grant(room.code, 'Ben');
    const { self } = await (await connect('Ben', grant)).request<JoinedRoom>('join');
    await host.request('removePeer', { peerId: self.peerId });
    const zoe = await stack.grant(room.code, 'Zoe');
    await (await connect('Zoe', zoe)).request('knock');
    await until('Zoe to be seen', () => lobbyOf(host).length === 1);
    const [waiting] = (heard(host, 'lobbyChanged').at(-1) as EventPayload<'lobbyChanged'>).waiting;
    await host.request('deny', { participantIds: [waiting?.participantId] });
    await until('both to be listed', () => barredOf(host).length === 2);
    expect(barredOf(host).map(({ displayName }) => displayName)).toEqual(['Ben', 'Zoe']);
    const [ben] = barredOf(host);

    // Also by a server that has only the record of it.
    await stack.restartSfu();
    const again = await joined(mia);
    expect(again.joined.barred).toEqual(barredOf(host));
    await again.request('letBackIn', { participantId: ben?.participantId });
    expect(barredOf(again).map(({ displayName }) => displayName)).toEqual(['Zoe']);
    const back = await connect('Ben', await grantOf('Ben', { guestKey: grant.guestKey }));
    await back.request('join');
    expect(heard(back, 'barredChanged')).toEqual([]);

    const kim = await connect('Kim');
    expect(await kim.request('knock')).toEqual({ waitingFor: 'admission' });
    await again.request('letBackIn', { participantId: waiting?.participantId });
    await until('Kim to be let in', () => heard(kim, 'admission').length === 1);
    await kim.request('join');
    await (await connect('Zoe', await grantOf('Zoe', { guestKey: zoe.guestKey }))).request('join');
    await again.request('endMeeting');
    const path = `/rooms/${room.code}/meetings`;
    const record = await until('the record', async () => {
      const { meetings } = await stack.call<MeetingList>('GET', path, mia.accessToken);
      if (meetings[0]?.endedAt === undefined) return undefined;
      return stack.call<MeetingRecord>('GET', `${path}/${meetings[0].meetingId}`, mia.accessToken);
    });
    expect(record.acts.map(({ act, whom }) => [act, whom?.displayName])).toEqual([
      ['removed', 'Ben'],
      ['denied', 'Zoe'],
      ['letBackIn', 'Ben'],
      ['letBackIn', 'Zoe'],
      ['ended', undefined],
    ]);
  });
});

describe('a lock', () => {
  it('keeps new people out, and lets back in who was in', async () => {
    await newRoom();
    const host = await joined(mia);
    const grant = await stack.grant(room.code, 'Ben');
    const ben = await connect('Ben', grant);
    await ben.request('join');
    await host.request('setLocked', { locked: true });
    await until('all to hear of it', () => heard(ben, 'meetingChanged').length === 1);
    expect(heard(ben, 'meetingChanged')).toEqual([expect.objectContaining({ locked: true })]);
    await until('the words', () => heard(ben, 'moderated').length === 1);
    expect(heard(ben, 'moderated')).toEqual([{ by: 'Mia', act: { act: 'locked' } }]);
    expect(heard(host, 'moderated')).toEqual([]);
    const zoe = await connect('Zoe');
    await expect(zoe.request('join')).rejects.toMatchObject({ code: 'ROOM_LOCKED' });
    await expect(zoe.request('knock')).rejects.toMatchObject({ code: 'ROOM_LOCKED' });
    await ben.request('leave');
    const back = await connect('Ben', await grantOf('Ben', { guestKey: grant.guestKey }));
    expect((await back.request<JoinedRoom>('join')).meeting.locked).toBe(true);
    await host.request('setLocked', { locked: false });
    await zoe.request('join');
  });
});

describe('a password', () => {
  it('is asked by the API of everyone but the owner', async () => {
    await newRoom();
    await patch({ password: 'open sesame' });
    await expect(stack.grant(room.code, 'Ben')).rejects.toMatchObject({ code: 'PASSWORD_NEEDED' });
    await expect(grantOf('Ben', { password: 'no' })).rejects.toMatchObject({
      code: 'PASSWORD_WRONG',
    });
    await grantOf('Ben', { password: 'open sesame' });
    await joined(mia);
  });
});

describe('a password that changes while people meet', () => {
  it('is asked of newcomers, and of nobody who is in, also when all have to come in anew', async () => {
    await newRoom();
    await patch({ password: 'open sesame' });
    const host = await joined(mia);
    const ben = await stack.account('Benno');
    const old = { password: 'open sesame' };
    const accountGrant = (body: JoinRoomBody) =>
      stack.call<JoinGrant>('POST', `/rooms/${room.code}/join`, ben.accessToken, body);
    const zoe = await grantOf('Zoe', old);
    const kim = await grantOf('Kim', old);
    await (await connect('Zoe', zoe)).request('join');
    await (await connect('Ben', await accountGrant(old))).request('join');
    const { self } = await (await connect('Kim', kim)).request<JoinedRoom>('join');
    await host.request('removePeer', { peerId: self.peerId });
    await patch({ password: 'another one' });
    // What the SFU knows is in the record when it goes.
    await stack.restartSfu();

    const back = await grantOf('Zoe', { ...old, guestKey: zoe.guestKey });
    await (await connect('Zoe', back)).request('join');
    await (await connect('Ben', await accountGrant(old))).request('join');
    await expect(grantOf('Zoe', old)).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    await expect(grantOf('Kim', { ...old, guestKey: kim.guestKey })).rejects.toMatchObject({
      code: 'PASSWORD_WRONG',
    });
    const mias = await joined(mia);
    await mias.request('endMeeting');
    await until('the end', () => heard(mias, 'sessionEnded').length === 1);
    await until('nobody to come back by the old one', () =>
      grantOf('Zoe', { ...old, guestKey: zoe.guestKey }).then(
        () => false,
        (error: { code: string }) => error.code === 'PASSWORD_WRONG',
      ),
    );
  });
});

describe('newcomers', () => {
  it('are viewers where the room says so, until a host says otherwise, also after coming back', async () => {
    await newRoom({ joinAsViewer: true });
    const host = await joined(mia);
    expect(host.joined.self.role).toBe('owner');
    const grant = await stack.grant(room.code, 'Ben');
    const ben = await connect('Ben', grant);
    const { self } = await ben.request<JoinedRoom>('join');
    expect(self.role).toBe('viewer');
    await host.request('setRole', { peerId: self.peerId, role: 'participant' });
    await ben.request('leave');
    const back = await connect('Ben', await grantOf('Ben', { guestKey: grant.guestKey }));
    expect((await back.request<JoinedRoom>('join')).self.role).toBe('participant');
  });
});

describe('a restart of the SFU', () => {
  let database: Database;
  beforeAll(async () => {
    database = await connectDatabase(stack.mongodbUri);
  });
  afterAll(() => database.close());

  it('goes on with the same meeting: its start, its lock, its roles, who was removed', async () => {
    await newRoom();
    const host = await joined(mia);
    const grants = await Promise.all(['Ben', 'Zoe'].map((name) => stack.grant(room.code, name)));
    const [ben, zoe] = await Promise.all(grants.map((grant) => connect('guest', grant)));
    const benIn = await ben!.request<JoinedRoom>('join');
    const zoeIn = await zoe!.request<JoinedRoom>('join');
    await host.request('setRole', { peerId: benIn.self.peerId, role: 'host' });
    await host.request('setSpotlight', { peerId: benIn.self.peerId });
    await host.request('removePeer', { peerId: zoeIn.self.peerId });
    await host.request('setLocked', { locked: true });

    await stack.restartSfu();

    const guestKeys = grants.map(({ guestKey }) => guestKey);
    const back = await connect('Ben', await grantOf('Ben', { guestKey: guestKeys[0] }));
    const { self, meeting } = await back.request<JoinedRoom>('join');
    expect(self.role).toBe('host');
    expect(meeting).toEqual({
      locked: true,
      newcomersKnock: true,
      startedAt: host.joined.meeting.startedAt,
      spotlight: self.peerId,
    });
    const out = await connect('Zoe', await grantOf('Zoe', { guestKey: guestKeys[1] }));
    await expect(out.request('join')).rejects.toMatchObject({ code: 'REMOVED' });
    const stranger = await connect('Kim');
    await expect(stranger.request('join')).rejects.toMatchObject({ code: 'ROOM_LOCKED' });
    await back.request('endMeeting');
    const ended = await until('the end to be written', () =>
      database.meetings
        .findOne({ startedAt: new Date(meeting.startedAt), endedAt: { $exists: true } })
        .lean(),
    );
    expect(ended.attendances.map(({ displayName }) => displayName)).toEqual(['Mia', 'Ben', 'Zoe', 'Ben']);
    expect(ended.attendances.every(({ leftAt }) => leftAt)).toBe(true);

    // And the next is another one.
    const next = await joined(mia);
    expect(next.joined.meeting).toMatchObject({ locked: false });
    expect(next.joined.meeting.startedAt).toBeGreaterThan(meeting.startedAt);
  });
});

describe('a meeting that the last one has left', () => {
  const roomClosed = () =>
    until('the room to close', () =>
      [...stack.sfu.rooms.rooms.values()].every(({ info }) => info.code !== room.code),
    );
  const recorded = async () =>
    (await stack.call<MeetingList>('GET', `/rooms/${room.code}/meetings`, mia.accessToken)).meetings;

  it.each([
    ['without a word', (client: RawClient) => client.close()],
    ['as a page does that is reloaded', (client: RawClient) => client.request('leave')],
  ])('%s goes on when somebody is back, with all that held', async (_how, go) => {
    await newRoom();
    const host = await joined(mia);
    const ben = await connect('Ben');
    const { self } = await ben.request<JoinedRoom>('join');
    await host.request('sendChat', { messageId: randomUUID(), text: 'https://example.org' });
    await host.request('removePeer', { peerId: self.peerId });
    await host.request('setLocked', { locked: true });
    await go(host);
    await roomClosed();
    const [paused] = await until('the end to be written', async () => {
      const list = await recorded();
      return list[0]?.endedAt === undefined ? undefined : list;
    });
    expect(paused?.endedAt).toBeLessThanOrEqual(Date.now());

    const back = await joined(mia);
    expect(back.joined.meeting).toEqual({ ...host.joined.meeting, locked: true, newcomersKnock: true });
    expect(await back.request('chatHistory', {})).toMatchObject({
      messages: [{ text: 'https://example.org' }],
    });
    await until('it to be known to go on', async () => (await recorded())[0]?.endedAt === undefined);
    expect(await recorded()).toHaveLength(1);

    await back.request('endMeeting');
    await roomClosed();
    const next = await joined(mia);
    expect(next.joined.meeting).toMatchObject({ locked: false });
    expect(next.joined.meeting.startedAt).toBeGreaterThan(host.joined.meeting.startedAt);
  });
});

describe('to those who may not', () => {
  it('no lobby is told', async () => {
    await newRoom({ lobby: true });
    const host = await joined(mia);
    const ben = await connect('Ben');
    await ben.request('knock');
    await until('Ben to be told', () => lobbyOf(host).length === 1);
    await host.request('admitAll');
    const { self } = await ben.request<JoinedRoom>('join').then((answer) => {
      expect(answer.lobby).toBeUndefined();
      return answer;
    });
    const zoe = await connect('Zoe');
    await zoe.request('knock');
    await until('Zoe to be told', () => lobbyOf(host).length === 1);
    expect(heard(ben, 'lobbyChanged')).toEqual([]);
    await host.request('setRole', { peerId: self.peerId, role: 'host' });
    await until('Ben to be told', () => lobbyOf(ben).length === 1);
    const told = heard(ben, 'moderated') as EventPayload<'moderated'>[];
    expect(told).toEqual([{ by: 'Mia', act: { act: 'roleChanged', role: 'host' } }]);
  });
});
