/** What hosts do, seen from both sides; and what the server lets nobody do whose role does not allow it. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AppError,
  CAPABILITIES,
  may,
  Role,
  type Capability,
  type EventPayload,
  type JoinedRoom,
  type JoinGrant,
  type MeetingList,
  type MeetingRecord,
  type Method,
  type PeerView,
  type Room,
} from '@vcallpe/shared';
import type { Conference } from '../../client/src/conference/conference.ts';
import { until } from '../browser/wait.ts';
import { enterRaw, type RawClient } from './raw-client.ts';
import { SimulatedPeer } from './simulated-peer.ts';
import { fakeTrack, startStack, type Account, type Stack } from './stack.ts';

let stack: Stack;
let mia: Account;
let ben: Account;
let room: Room;

beforeAll(async () => {
  stack = await startStack();
  [mia, ben] = await Promise.all([stack.account('Mia'), stack.account('Ben')]);
});
afterAll(() => stack.close());

beforeEach(async () => {
  room = await mia.createRoom('Class');
});

const enter = async (who: Account | string, name = String(who)) =>
  SimulatedPeer.enter(name, await stack.grant(room.code, who));

const actsTold = ({ moderated }: SimulatedPeer) => moderated.map(({ act }) => act);

/** Everyone in the room as this peer hears of them. */
function follow(peer: SimulatedPeer): Map<string, PeerView> {
  const people = new Map(peer.joined.peers.map((other) => [other.peerId, other]));
  peer.onNews = ({ peers, left }: EventPayload<'roomChanged'>) => {
    for (const other of peers) people.set(other.peerId, other);
    for (const { peerId } of left) people.delete(peerId);
  };
  return people;
}

describe('a host', () => {
  let host: SimulatedPeer;
  let zoe: SimulatedPeer;
  let seen: Map<string, PeerView>;
  beforeEach(async () => {
    host = await enter(mia, 'Mia');
    zoe = await enter('Zoe');
    seen = follow(host);
  });
  const sentByZoe = () => seen.get(zoe.id)?.producers ?? [];

  it('mutes one: the server pauses what is sent, and says who did it', async () => {
    await zoe.publish('microphone');
    await until('the microphone to be known', () => sentByZoe().length === 1);
    await host.request('mute', { peerId: zoe.id });
    await until('the mark', () => sentByZoe()[0]?.paused);
    await until('the words', () => zoe.moderated.length === 1);
    expect(zoe.moderated).toEqual([{ by: 'Mia', act: { act: 'muted' } }]);
    // Nothing is left to mute, so nothing is told of it before what comes next.
    await host.request('mute', { peerId: zoe.id });
    await host.request('askToUnmute', { peerId: zoe.id });
    await until('the next words', () => zoe.moderated.length > 1);
    expect(actsTold(zoe)).toEqual([{ act: 'muted' }, { act: 'unmuteAsked' }]);
    // One who was muted may speak again.
    await zoe.setPaused('microphone', false);
    await until('the mark to go', () => sentByZoe()[0]?.paused === false);
  });

  it('mutes everyone but those who run the meeting', async () => {
    const kim = await enter('Kim');
    for (const peer of [host, zoe, kim]) await peer.publish('microphone');
    expect(await host.request('muteAll')).toEqual({ muted: 2 });
    await until('the words', () => zoe.moderated.length === 1 && kim.moderated.length === 1);
    expect(host.moderated).toEqual([]);
  });

  it('shows one to everyone, then another, then nobody: each hears both ends of it', async () => {
    const kim = await enter('Kim');
    await host.request('setSpotlight', { peerId: zoe.id });
    await host.request('setSpotlight', { peerId: kim.id });
    await host.request('setSpotlight', {});
    const both = [{ act: 'spotlit' }, { act: 'spotlightEnded' }];
    for (const peer of [zoe, kim]) {
      await until('the words', () => peer.moderated.length === 2);
      expect(actsTold(peer)).toEqual(both);
    }
    expect(host.moderated).toEqual([]);
  });

  it('asks to unmute, stops a camera and a share with its sound, lowers a hand', async () => {
    await host.request('askToUnmute', { peerId: zoe.id });
    for (const source of ['camera', 'screen', 'screenAudio'] as const) await zoe.publish(source);
    await host.request('stopVideo', { peerId: zoe.id, source: 'camera' });
    await host.request('stopVideo', { peerId: zoe.id, source: 'screen' });
    await until('nothing to be sent', () => seen.has(zoe.id) && sentByZoe().length === 0);
    await zoe.request('setHand', { raised: true });
    await until('the hand', () => seen.get(zoe.id)?.handRaisedAt);
    await host.request('lowerHand', { peerId: zoe.id });
    await until('the hand to be down', () => seen.get(zoe.id)?.handRaisedAt === undefined);
    await until('the words', () => zoe.moderated.length === 4);
    expect(actsTold(zoe)).toEqual([
      { act: 'unmuteAsked' },
      { act: 'videoStopped', source: 'camera' },
      { act: 'videoStopped', source: 'screen' },
      { act: 'handLowered' },
    ]);
    // They may start again.
    await zoe.publish('camera');
  });

  it('removes somebody, who stays out of this meeting under the same identity', async () => {
    const grant = await stack.grant(room.code, ben);
    const out = await SimulatedPeer.enter('Ben', grant);
    await host.request('removePeer', { peerId: out.id });
    await until('Ben to be out', () => out.ended === 'removed' && !out.connected);
    await until('the others to know', () => !seen.has(out.id));
    await expect(enter(ben, 'Ben')).rejects.toMatchObject({ code: 'REMOVED' });
    await host.request('endMeeting');
    await until('the end', () => host.ended === 'meetingEnded' && zoe.ended === 'meetingEnded');
    // The next one is open to them.
    await (await enter(ben, 'Ben')).leave();
  });

  it('makes a viewer, whose media ends and who can send none, and gives it back', async () => {
    for (const source of ['microphone', 'camera'] as const) await zoe.publish(source);
    await host.request('setRole', { peerId: zoe.id, role: 'viewer' });
    await until('nothing to be sent', () => seen.get(zoe.id)?.role === 'viewer' && sentByZoe().length === 0);
    for (const source of ['microphone', 'camera', 'screen', 'screenAudio'] as const) {
      await expect(zoe.publish(source)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await host.request('setRole', { peerId: zoe.id, role: 'participant' });
    await zoe.publish('microphone');
    expect(actsTold(zoe)).toEqual([
      { act: 'roleChanged', role: 'viewer' },
      { act: 'roleChanged', role: 'participant' },
    ]);
  });

  it('makes a viewer of one whose camera is just being made: it comes to nothing', async () => {
    const [sfuRoom] = [...stack.sfu.rooms.rooms.values()].filter(({ info }) => info.code === room.code);
    const transport = sfuRoom?.peers.get(zoe.id)?.sendTransport;
    if (!transport) throw new Error('Zoe has no transport');
    const make = transport.produce.bind(transport);
    transport.produce = async (options) => {
      const producer = await make(options);
      await host.request('setRole', { peerId: zoe.id, role: 'viewer' });
      return producer as never;
    };
    await expect(zoe.publish('camera')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await transport.dump()).producerIds).toEqual([]);
    transport.produce = make;
    // Nothing is left that would be in the way later.
    await host.request('setRole', { peerId: zoe.id, role: 'participant' });
    await zoe.publish('camera');
    await until('the camera to be known', () => sentByZoe().length === 1);
  });

  it('can’t act on the owner or another host, who was made one', async () => {
    const other = await enter(ben, 'Ben');
    for (const peer of [zoe, other]) await host.request('setRole', { peerId: peer.id, role: 'host' });
    await expect(zoe.request('removePeer', { peerId: host.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(zoe.request('mute', { peerId: other.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(zoe.request('setRole', { peerId: other.id, role: 'viewer' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    // The owner acts on hosts, and everybody can be shown.
    await zoe.request('setSpotlight', { peerId: host.id });
    await host.request('setRole', { peerId: zoe.id, role: 'viewer' });
    await expect(zoe.request('muteAll')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('leaves a record for the owner, with everyone’s stays, and CSV', async () => {
    await zoe.publish('microphone');
    await host.request('mute', { peerId: zoe.id });
    await host.request('setSpotlight', { peerId: zoe.id });
    await host.request('setSpotlight', {});
    await host.request('setLocked', { locked: true });
    await host.request('removePeer', { peerId: zoe.id });
    await host.request('endMeeting');
    const path = `/rooms/${room.code}/meetings`;
    const { accessToken } = mia;
    const [summary] = await until('the record', async () => {
      const { meetings } = await stack.call<MeetingList>('GET', path, accessToken);
      return meetings[0]?.endedAt === undefined ? undefined : meetings;
    });
    const record = await stack.call<MeetingRecord>('GET', `${path}/${summary?.meetingId}`, accessToken);
    expect(record.acts.map(({ act, by, whom }) => [act, by.displayName, whom?.displayName])).toEqual([
      ['muted', 'Mia', 'Zoe'],
      ['spotlit', 'Mia', 'Zoe'],
      ['spotlightEnded', 'Mia', undefined],
      ['locked', 'Mia', undefined],
      ['removed', 'Mia', 'Zoe'],
      ['ended', 'Mia', undefined],
    ]);
    expect(record.attendances.map(({ displayName, role }) => [displayName, role])).toEqual([
      ['Mia', 'owner'],
      ['Zoe', 'guest'],
    ]);
    expect(record.attendances.every(({ leftAt }) => leftAt !== undefined)).toBe(true);
    const csv = await fetch(`${stack.apiUrl}/api/v1${path}/${summary?.meetingId}/attendance.csv`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect((await csv.text()).split('\r\n')).toHaveLength(4);
  });
});

describe('the client core', () => {
  it('does what a host has done, and its session goes on', async () => {
    const host = await enter(mia, 'Mia');
    const zoe: Conference = await stack.enter(room.code, 'Zoe', {
      microphone: fakeTrack('audio'),
      camera: fakeTrack('video'),
    });
    const self = () => zoe.getState().self;
    const people = follow(host);
    const peerId = self()?.peerId ?? '';
    const sent = () => people.get(peerId)?.producers.map(({ source, paused }) => `${source} ${paused}`);
    await until('both to be sent', () => sent()?.length === 2);
    await host.request('mute', { peerId });
    await until('the mute to be shown', () => self()?.microphone?.paused);
    await host.request('stopVideo', { peerId, source: 'camera' });
    await until('the camera to be gone', () => self()?.camera === undefined && sent()?.length === 1);
    expect(sent()).toEqual(['microphone true']);
    await zoe.setCamera(fakeTrack('video'));
    await zoe.setMicMuted(false);
    await until('both again', () => sent()?.sort().join() === 'camera false,microphone false');

    await host.request('setRole', { peerId, role: 'viewer' });
    await until('the role', () => self()?.role === 'viewer');
    await until('nothing to be sent', () => sent()?.length === 0);
    await zoe.setCamera(fakeTrack('video'));
    expect(self()?.camera).toBeUndefined();
    await host.request('setRole', { peerId, role: 'participant' });
    await until('both to be sent again', () => sent()?.length === 2);
    expect(zoe.getState()).toMatchObject({ status: 'joined', self: { peerId } });
    expect(zoe.getState().recovery).toBeUndefined();
  });
});

describe('who acts on whom', () => {
  /** In words of its own, and not by the function that the server asks. */
  const mayAct = (actor: Role, target: Role) =>
    (actor === 'owner' && target !== 'owner') || (actor === 'host' && !['owner', 'host'].includes(target));
  const ACTS: [Method, (target: Role) => object][] = [
    ['mute', () => ({})],
    ['askToUnmute', () => ({})],
    ['stopVideo', () => ({ source: 'camera' })],
    ['stopVideo', () => ({ source: 'screen' })],
    ['lowerHand', () => ({})],
    ['setSpotlight', () => ({})],
    ['setRole', (target) => ({ role: target === 'viewer' ? 'participant' : 'viewer' })],
    // Last: nobody is there for more.
    ['removePeer', () => ({})],
  ];
  interface Somebody {
    id: string;
    role: Role;
    request: RawClient['request'];
  }
  const clients: RawClient[] = [];
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  async function comeIn(who: Account | string): Promise<Somebody> {
    const client = await enterRaw(await stack.grant(room.code, who));
    clients.push(client);
    const { self } = await client.request<JoinedRoom>('join');
    return { id: self.peerId, role: self.role, request: client.request };
  }

  it('is the same for every act, of every role on every other and on oneself', async () => {
    const owner = await comeIn(mia);
    const another = async (role: Role): Promise<Somebody> => {
      if (role === 'owner') return owner;
      const somebody = await comeIn(role);
      if (role !== 'guest') await owner.request('setRole', { peerId: somebody.id, role });
      return { ...somebody, role };
    };
    const actors = await Promise.all(Role.options.map(another));
    const pairs: [Somebody, Somebody][] = [];
    for (const actor of actors) {
      // Each acts on somebody who is there for nothing else.
      for (const role of Role.options) pairs.push([actor, await another(role)]);
      pairs.push([actor, actor]);
    }
    const wrong: string[] = [];
    for (const [actor, target] of pairs) {
      for (const [method, input] of ACTS) {
        const shows = method === 'setSpotlight' && ['owner', 'host'].includes(actor.role);
        const expected = shows || mayAct(actor.role, target.role) ? 'done' : 'FORBIDDEN';
        const answer = await actor.request(method, { peerId: target.id, ...input(target.role) }).then(
          () => 'done',
          (error: AppError) => error.code,
        );
        const whom = actor === target ? 'oneself' : target.role;
        if (answer !== expected) wrong.push(`${actor.role} ${method} ${whom}: ${answer}, not ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
    // What was refused did nothing.
    const [sfuRoom] = [...stack.sfu.rooms.rooms.values()].filter(({ info }) => info.code === room.code);
    for (const [actor, { id, role }] of pairs) {
      const expected = mayAct(actor.role, role) ? undefined : role;
      expect(sfuRoom?.peers.get(id)?.identity.role).toBe(expected);
    }
  });
});

/** For each capability a message that needs it, made by hand: whatever the client shows, the server decides. */
const NEEDS: Record<Capability, (peer: SimulatedPeer, other: string) => [Method, object]> = {
  microphone: (peer) => produce(peer, 'microphone'),
  camera: (peer) => produce(peer, 'camera'),
  screen: (peer) => produce(peer, 'screen'),
  screenAudio: (peer) => produce(peer, 'screenAudio'),
  chat: () => ['sendChat', { messageId: randomUUID(), text: 'hello' }],
  sendFile: () => ['sendChat', { messageId: randomUUID(), text: '', fileId: 'a'.repeat(24) }],
  react: () => ['react', { reaction: '👍' }],
  raiseHand: () => ['setHand', { raised: true }],
  vote: () => ['vote', { pollId: 'a'.repeat(24), choices: [] }],
  runPoll: () => [
    'startPoll',
    { startId: randomUUID(), question: '?', options: ['a', 'b'], multiple: false },
  ],
  admit: () => ['admitAll', {}],
  moderate: (_peer, peerId) => ['mute', { peerId }],
  setRole: (_peer, peerId) => ['setRole', { peerId, role: 'participant' }],
  endMeeting: () => ['endMeeting', {}],
};
/** The same for the other messages of a capability that has several. */
const ALSO: [Capability, Method, (other: string) => object][] = [
  ['admit', 'admit', () => ({ participantIds: [`u:${'a'.repeat(24)}`] })],
  ['admit', 'deny', () => ({ participantIds: [`u:${'a'.repeat(24)}`] })],
  ['admit', 'letBackIn', () => ({ participantId: `u:${'a'.repeat(24)}` })],
  ['admit', 'tellLobby', () => ({ text: 'hello' })],
  ['admit', 'setLocked', () => ({ locked: false })],
  ['moderate', 'muteAll', () => ({})],
  ['moderate', 'askToUnmute', (peerId) => ({ peerId })],
  ['moderate', 'stopVideo', (peerId) => ({ peerId, source: 'camera' })],
  ['moderate', 'removePeer', () => ({ peerId: randomUUID() })],
  ['moderate', 'setSpotlight', (peerId) => ({ peerId })],
  ['moderate', 'lowerHand', (peerId) => ({ peerId })],
  ['runPoll', 'closePoll', () => ({ pollId: 'a'.repeat(24) })],
];

/** Without tracks that mediasoup takes: the role is looked at first. */
function produce(peer: SimulatedPeer, source: string): [Method, object] {
  return [
    'produce',
    {
      produceId: randomUUID(),
      transportId: peer.joined.recvTransport.id,
      source,
      rtpParameters: {
        codecs: [
          source === 'microphone' || source === 'screenAudio'
            ? { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }
            : { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 },
        ],
        encodings: [{ ssrc: 1 }],
      },
      paused: false,
    },
  ];
}

describe.each(Role.options)('the capability table for a %s', (role) => {
  let peer: SimulatedPeer;
  let other: SimulatedPeer;

  beforeEach(async () => {
    const owner = await enter(mia, 'Mia');
    other = await enter('Other');
    if (role === 'owner') {
      peer = owner;
      return;
    }
    const grant: JoinGrant = await stack.grant(room.code, role === 'guest' ? 'Guest' : ben);
    peer = await SimulatedPeer.enter(role, grant);
    if (role === 'host' || role === 'viewer') await owner.request('setRole', { peerId: peer.id, role });
  });

  const refusal = async ([method, input]: [Method, object]) => {
    try {
      await peer.request(method, input);
      return undefined;
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
  };

  it.each(CAPABILITIES)('%s', async (capability) => {
    const messages = [
      NEEDS[capability](peer, other.id),
      ...ALSO.filter(([needed]) => needed === capability).map(([, method, input]): [Method, object] => [
        method,
        input(other.id),
      ]),
    ];
    for (const message of messages) {
      const code = await refusal(message);
      const forbidden = { message: message[0], forbidden: code === 'FORBIDDEN' };
      expect(forbidden).toEqual({ message: message[0], forbidden: !may(role, capability) });
    }
  });
});
