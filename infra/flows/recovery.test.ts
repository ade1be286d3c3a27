/** What is lost comes back by itself: sockets, places, transports. And one identity is one tile. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError, PROTOCOL_VERSION, type JoinedRoom, type Room, type Transports } from '@vcallpe/shared';
import type { Conference, ConferenceOptions } from '../../client/src/conference/conference.ts';
import { Signaling } from '../../client/src/conference/signaling.ts';
import { until } from '../browser/wait.ts';
import { startCutProxy, type CutProxy } from './cut-proxy.ts';
import { connectRaw, enterRaw } from './raw-client.ts';
import { grantsOf } from './same-guest.ts';
import { fakeTrack, startStack, type Account, type Stack } from './stack.ts';

let stack: Stack;
let owner: Account;
let room: Room;
let wire: CutProxy;

beforeAll(async () => {
  stack = await startStack();
  owner = await stack.account('Mia');
  wire = await startCutProxy(stack.sfu.url);
});
afterAll(async () => {
  await stack?.close();
  await wire?.close();
});
beforeEach(async () => {
  wire.mend();
  room = await owner.createRoom('Standup');
});

const enter = (who: Account | string, options: Partial<ConferenceOptions> = {}) =>
  stack.enter(room.code, who, { microphone: fakeTrack('audio'), camera: fakeTrack('video'), ...options });
/** Its words go over the wire that can be cut, and no packet comes from it, since the WebRTC half of these clients is played. */
const enterSilent = (who: Account | string, options: Partial<ConferenceOptions> = {}) =>
  enter(who, {
    getGrant: async () => ({ ...(await stack.grant(room.code, who)), sfuUrl: wire.url }),
    ...options,
  });
/**
 * As `enterSilent`, and packets seem to come from it: its place is kept as long as a client's whose media flows, so that a slow
 * machine has time for what is looked at.
 */
const enterOverWire = async (...who: Parameters<typeof enterSilent>) => {
  const conference = await enterSilent(...who);
  const peers = [...stack.sfu.rooms.rooms.values()].flatMap(({ peers }) => [...peers.values()]);
  const peer = peers.find(({ id }) => id === conference.getState().self?.peerId);
  if (!peer) throw new Error('It is not in');
  let bytes = 0;
  peer.bytesReceived = () => Promise.resolve((bytes += 1_000));
  return conference;
};
const only = (conference: Conference) => {
  const { others } = conference.getState();
  return others.length === 1 ? others[0] : undefined;
};
const receives = (conference: Conference) =>
  until('somebody to be received', () => {
    const other = only(conference);
    return other?.microphone?.track && other.camera?.track ? other : undefined;
  });
const leaveAll = async (...conferences: Conference[]) => {
  await Promise.all(conferences.map((each) => each.leave()));
  await until('the room to close', () => stack.sfu.rooms.rooms.size === 0);
};

describe('while the SFU is away', () => {
  it('takes few grants, waits when it is told to, and is back with the SFU', async () => {
    const askedAt: number[] = [];
    let limited = 0;
    const ada = await enter(owner, {
      getGrant: async () => {
        askedAt.push(performance.now());
        if (limited > 0) {
          limited -= 1;
          throw new AppError('RATE_LIMITED', 'Too many', { details: { retryAfterSeconds: 2 } });
        }
        return stack.grant(room.code, owner);
      },
    });
    limited = 1;
    await stack.sfu.close();
    await until('Ada to have tried often', () => ada.getState().failedAttempts >= 5);
    // The first, the one that was limited, and one that is tried again and again.
    expect(askedAt.length).toBeLessThanOrEqual(4);
    expect(askedAt[2]! - askedAt[1]!).toBeGreaterThanOrEqual(2_000);
    await stack.restartSfu();
    await until('Ada to be back', () => ada.getState().status === 'joined');
    await leaveAll(ada);
  });
});

describe('a lost socket', () => {
  it('comes back as the same peer, and what is received was never interrupted', async () => {
    const ada = await enterOverWire('Ada');
    const ben = await enter('Ben');
    const seen = await receives(ada);
    const seenByBen = await receives(ben);
    const { self } = ada.getState();

    wire.cut();
    await until('Ada to notice', () => ada.getState().recovery === 'signaling');
    // Things happen meanwhile.
    await ben.setMicMuted(true);
    await ben.setCamera(undefined);
    expect(only(ada)?.microphone?.paused).toBe(false);
    wire.mend();
    await until('Ada to know of it', () => only(ada)?.microphone?.paused && !only(ada)?.camera);

    expect(ada.getState()).toMatchObject({ status: 'joined', recovery: undefined });
    expect(ada.getState().self?.peerId).toBe(self?.peerId);
    expect(only(ada)?.microphone?.track).toBe(seen.microphone?.track);
    // To Ben nothing happened at all.
    expect(only(ben)?.microphone?.track).toBe(seenByBen.microphone?.track);
    await leaveAll(ada, ben);
  });

  it('is told to the others when it lasts, and that it is over', async () => {
    const ada = await enterOverWire('Ada');
    const ben = await enter('Ben');
    const { peerId } = await receives(ben);
    wire.cut();
    await until('Ben to know that Ada is away', () => only(ben)?.away);
    wire.mend();
    await until('Ben to know that Ada is back', () => only(ben) && !only(ben)?.away);
    expect(only(ben)).toMatchObject({ peerId, microphone: { paused: false }, camera: { paused: false } });
    await leaveAll(ada, ben);
  });

  it('does what was asked for meanwhile', async () => {
    const ada = await enterOverWire('Ada');
    const ben = await enter('Ben');
    await receives(ben);
    wire.cut();
    await until('Ada to notice', () => ada.getState().recovery === 'signaling');
    const muted = ada.setMicMuted(true);
    const shared = ada.setScreen(fakeTrack('video'));
    wire.mend();
    await Promise.all([muted, shared]);
    await until('Ben to know', () => only(ben)?.microphone?.paused && only(ben)?.screen);
    await leaveAll(ada, ben);
  });

  it('is noticed also when nobody tells of the loss', async () => {
    const ada = await enterOverWire('Ada');
    const ben = await enter('Ben');
    await receives(ada);
    const { self } = ada.getState();
    wire.freeze();
    await until('Ada to notice', () => ada.getState().recovery === 'signaling');
    wire.mend();
    await until('Ada to be back', () => ada.getState().recovery === undefined);
    expect(ada.getState().self?.peerId).toBe(self?.peerId);
    await ben.setMicMuted(true);
    await until('Ada to hear of Ben', () => only(ada)?.microphone?.paused);
    await leaveAll(ada, ben);
  });

  it('is not seen in a slow one', async () => {
    wire.slow(300);
    const { roomToken } = await stack.grant(room.code, 'Ada');
    const signaling = await Signaling.connect(wire.url, roomToken);
    const { resumeKey } = await signaling.request('join', {});
    let lost = 0;
    signaling.comeBackWith({
      resumeKey,
      people: () => 1,
      hasMoved: async () => false,
      onAway: () => (lost += 1),
      onBack: () => undefined,
    });
    // As its heartbeat does.
    signaling.suspect(5_000);
    await until('the line to be measured', () => signaling.roundTrip.patience(0) > 0);
    signaling.suspect();
    await signaling.request('ping', {});
    expect(lost).toBe(0);
    await signaling.request('leave', {});
    signaling.close();
    await until('the room to close', () => stack.sfu.rooms.rooms.size === 0);
  });

  it('is not waited for when the room is on another server by now', async () => {
    let sfuUrl = wire.url;
    const getGrant = async () => ({ ...(await stack.grant(room.code, 'Ada')), sfuUrl });
    const ada = await enter('Ada', { getGrant });
    const { self } = ada.getState();
    sfuUrl = stack.sfu.url;
    wire.cut();
    await until('Ada to notice', () => ada.getState().recovery === 'signaling');
    // Sooner than a way back would be given up.
    await until('Ada to be there', () => ada.getState().status === 'joined' && !ada.getState().recovery, {
      withinMs: 15_000,
    });
    expect(ada.getState().self?.peerId).not.toBe(self?.peerId);
    await leaveAll(ada);
  });

  it('survives being cut again and again', async () => {
    const ada = await enterOverWire('Ada');
    const ben = await enter('Ben');
    await receives(ada);
    const { self } = ada.getState();
    for (let cut = 0; cut < 5; cut += 1) {
      wire.cut();
      await until('Ada to notice', () => ada.getState().recovery === 'signaling');
      wire.mend();
      await until('Ada to be back', () => ada.getState().recovery === undefined);
    }
    expect(ada.getState().self?.peerId).toBe(self?.peerId);
    await ben.setMicMuted(true);
    await until('Ada to hear of Ben', () => only(ada)?.microphone?.paused);
    await leaveAll(ada, ben);
  });

  it('of a client from which nothing comes any more is given up, and the client comes in anew by itself', async () => {
    const ada = await enterSilent('Ada');
    const ben = await enter('Ben');
    await receives(ada);
    const { self } = ada.getState();
    let most = 0;
    ben.subscribe(() => {
      most = Math.max(most, ben.getState().others.length);
    });
    wire.cut();
    await until('Ben to be alone', () => ben.getState().others.length === 0);
    wire.mend();
    await until('Ada to be there again', () => only(ben)?.camera?.track);
    await until('Ada to see Ben', () => only(ada)?.camera?.track);
    expect(ada.getState().self?.peerId).not.toBe(self?.peerId);
    expect(most).toBe(1);
    await leaveAll(ada, ben);
  });
});

describe('a socket that comes back', () => {
  /** The server's own view of whoever is in. */
  const peer = () => {
    const [running] = stack.sfu.rooms.rooms.values();
    const [there] = running?.peers.values() ?? [];
    if (!there) throw new Error('Nobody is in');
    return there;
  };

  it('keeps its place while the server is about to find that it is gone', async () => {
    const raw = await enterRaw(await stack.grant(room.code, 'Ada'));
    const { resumeKey, self } = await raw.request<JoinedRoom>('join');
    const pid = peer().home?.mediaWorker.worker.pid ?? 0;
    // The worker is slow to say whether anything came from Ada.
    process.kill(pid, 'SIGSTOP');
    try {
      raw.socket.io.engine.close();
      await until('the server to notice', () => !peer().channel.present);
      const lostAt = performance.now();
      await until('Ada to count as gone', () => performance.now() - lostAt > 7_500);
      const back = await connectRaw(stack.sfu.url, {
        auth: { resumeKey, protocolVersion: PROTOCOL_VERSION },
      });
      await back.request('resume');
      process.kill(pid, 'SIGCONT');
      // What was asked of the worker before is answered before this.
      await peer().bytesReceived();
      expect(await back.request('resume')).toMatchObject({ self: { peerId: self.peerId } });
      await back.request('leave');
      back.close();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  it('gets the same transports when it asks for new ones again', async () => {
    const raw = await enterRaw(await stack.grant(room.code, 'Ada'));
    await raw.request('join');
    const [first, again] = await Promise.all([
      raw.request<Transports>('openTransports'),
      raw.request<Transports>('openTransports'),
    ]);
    expect(again).toEqual(first);
    const later = await raw.request<Transports>('openTransports');
    expect(later.sendTransport.id).not.toBe(first.sendTransport.id);
    await raw.request('leave');
    raw.close();
  });

  it('hears that there is bandwidth again', async () => {
    const ada = await enterOverWire('Ada');
    peer().channel.send('videoLimited', { producerIds: [randomUUID()] });
    await until('Ada to know', () => ada.getState().limited.size === 1);
    wire.cut();
    await until('Ada to notice', () => ada.getState().recovery === 'signaling');
    wire.mend();
    await until('Ada to be back', () => ada.getState().recovery === undefined);
    expect(ada.getState().limited.size).toBe(0);
    await leaveAll(ada);
  });
});

describe('one identity', () => {
  it('is asked before it takes its place over from itself', async () => {
    const ben = await enter('Ben');
    const first = await enter(owner);
    await receives(ben);
    await expect(enter(owner)).rejects.toMatchObject({ code: 'ALREADY_JOINED' });
    expect(first.getState().status).toBe('joined');

    let most = 0;
    ben.subscribe(() => {
      most = Math.max(most, ben.getState().others.length);
    });
    const second = await enter(owner, { takeOver: true });
    await until('the first to end', () => first.getState().ended?.reason === 'takenOver');
    await until('Ben to see the second', () => only(ben)?.peerId === second.getState().self?.peerId);
    await receives(ben);
    expect(most).toBe(1);
    await leaveAll(second, ben);
  });

  it('replaces at once what is left of it', async () => {
    const ben = await enter('Ben');
    const first = await enterOverWire(owner, { getGrant: onceFor(owner) });
    await receives(ben);
    wire.cut();
    await until('the loss to be noticed', () => first.getState().recovery === 'signaling');
    await serverToNotice();
    const second = await enter(owner);
    await until('Ben to see the second alone', () => only(ben)?.peerId === second.getState().self?.peerId);
    await leaveAll(first, second, ben);
  });

  it('holds for guests too, by the key that their browser keeps', async () => {
    const ben = await enter('Ben');
    const getGrant = grantsOf(stack, room.code, 'Zoe');
    const first = await enter('Zoe', { getGrant });
    await receives(ben);
    await expect(enter('Zoe', { getGrant })).rejects.toMatchObject({ code: 'ALREADY_JOINED' });
    const second = await enter('Zoe', { getGrant, takeOver: true });
    await until('Ben to see the second alone', () => only(ben)?.peerId === second.getState().self?.peerId);
    expect(first.getState().ended?.reason).toBe('takenOver');
    await leaveAll(second, ben);
  });

  it('comes in by itself when what holds its place is gone, and not before', async () => {
    const first = await enterOverWire(owner);
    const second = await replaceLost(first);
    wire.mend();
    await until('the first to be refused', () => first.getState().failedAttempts > 1);
    expect(first.getState().status).toBe('reconnecting');
    await second.leave();
    await until('the first to be back', () => first.getState().status === 'joined');
    await leaveAll(first);
  });

  it('ends for the client that was away while the same person stays elsewhere', async () => {
    const first = await enterOverWire(owner);
    const second = await replaceLost(first);
    wire.mend();
    await until('the first to end', () => first.getState().ended, { withinMs: 60_000 });
    expect(first.getState().ended?.reason).toBe('takenOver');
    expect(second.getState().status).toBe('joined');
    await leaveAll(second);
  });

  /** The wire is cut, and the same person comes in elsewhere. */
  async function replaceLost(first: Conference): Promise<Conference> {
    wire.cut();
    await until('the loss to be noticed', () => first.getState().recovery === 'signaling');
    await serverToNotice();
    return enter(owner);
  }

  const serverToNotice = () =>
    until('the server to notice', () => {
      const [running] = stack.sfu.rooms.rooms.values();
      return [...(running?.peers.values() ?? [])].some(({ channel }) => !channel.present);
    });

  /** A browser that was killed asks for no second grant. */
  function onceFor(who: Account) {
    let given = false;
    return async () => {
      if (given) throw new Error('It is gone');
      given = true;
      return { ...(await stack.grant(room.code, who)), sfuUrl: wire.url };
    };
  }
});
