/** How things end (sfu-server/CLOSURES.md): what closes, who hears of it, who comes back, and that nothing is left. */
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JoinedRoom, Room } from '@vcallpe/shared';
import type { Conference } from '../../client/src/conference/conference.ts';
import { until } from '../browser/wait.ts';
import { enterRaw } from './raw-client.ts';
import { createDevice, fakeTrack, startStack, type Account, type Stack } from './stack.ts';

let stack: Stack;
let owner: Account;
let room: Room;

beforeAll(async () => {
  stack = await startStack();
  owner = await stack.account('Mia');
});
afterAll(() => stack?.close());
beforeEach(async () => {
  room = await owner.createRoom('Standup');
});

const enter = (name: string) =>
  stack.enter(room.code, name, { microphone: fakeTrack('audio'), camera: fakeTrack('video') });

const receivesFrom = (conference: Conference, name: string) => {
  const found = conference.getState().others.filter(({ displayName }) => displayName === name);
  // A muted microphone is no candidate for the loudest, and so is not received.
  return (
    found.length === 1 &&
    found.every(({ microphone, camera }) => (microphone?.paused || microphone?.track) && camera?.track)
  );
};
const connected = (a: Conference, b: Conference) =>
  until('both to receive each other', () => receivesFrom(a, 'Ben') && receivesFrom(b, 'Ada'));

/** Back after a loss: what is received is new, and not what was there before. */
async function backAgain(a: Conference, b: Conference, lose: () => Promise<unknown>): Promise<void> {
  const tracks = () => [a, b].flatMap((each) => each.getState().others.map(({ camera }) => camera?.track));
  const before = new Set(tracks());
  await lose();
  await until('what was received before to be gone', () => tracks().every((track) => !before.has(track)));
  await connected(a, b);
}

/** What the workers themselves say is left. */
async function leftovers(): Promise<object> {
  const dumps = await Promise.all(stack.sfu.workers.alive.map(({ worker }) => worker.dump()));
  const servers = await Promise.all(stack.sfu.workers.alive.map(({ webRtcServer }) => webRtcServer.dump()));
  return {
    routers: dumps.flatMap((dump) => dump.routerIds),
    transports: servers.flatMap((dump) => dump.webRtcTransportIds),
  };
}
const nothingLeft = () =>
  until(
    'the workers to be empty',
    async () => JSON.stringify(await leftovers()) === '{"routers":[],"transports":[]}',
  );

describe('endings', () => {
  it('frees everything when the last one leaves', async () => {
    const ada = await enter('Ada');
    const ben = await enter('Ben');
    await connected(ada, ben);
    expect(await leftovers()).toMatchObject({ routers: [expect.any(String)], transports: expect.anything() });
    await ada.leave();
    await until('Ben to be alone', () => ben.getState().others.length === 0);
    await ben.leave();
    await nothingLeft();
    expect(stack.sfu.rooms.rooms.size).toBe(0);
  });

  it('takes a peer out when its socket is gone, and says so', async () => {
    const ada = await enter('Ada');
    const raw = await enterRaw(await stack.grant(room.code, 'Raw'));
    await raw.request('join');
    await until('Ada to see it', () => ada.getState().others.length === 1);
    raw.close();
    await until('Ada to be alone', () => ada.getState().others.length === 0);
    await ada.leave();
    await nothingLeft();
  });

  it('ends the meeting for everyone when its room is deleted', async () => {
    const ada = await enter('Ada');
    const ben = await enter('Ben');
    await connected(ada, ben);
    await owner.deleteRoom(room.code);
    for (const each of [ada, ben]) {
      await until('the end', () => each.getState().status === 'ended');
      expect(each.getState().ended).toEqual({ reason: 'roomGone', error: undefined });
    }
    await nothingLeft();
    await expect(enter('Zoe')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' });
  });

  it('survives the death of a worker: a new one, and everyone is back without doing anything', async () => {
    const ada = await enter('Ada');
    const ben = await enter('Ben');
    await connected(ada, ben);
    await ada.setMicMuted(true);
    const peerIds = () => [ada, ben].map((each) => each.getState().self?.peerId);
    const before = peerIds();
    const deaths = stack.sfu.workers.deaths;
    await backAgain(ada, ben, async () => {
      const [victim] = stack.sfu.workers.alive;
      if (!victim) throw new Error('No worker');
      process.kill(victim.worker.pid, 'SIGKILL');
      await once(victim.worker, 'subprocessclose');
      await until(
        'a new worker',
        () => stack.sfu.workers.deaths === deaths + 1 && stack.sfu.workers.alive.length === 1,
      );
    });
    // What was wanted before is so again: still muted, still the same people, nobody twice.
    expect(peerIds()).toEqual(before);
    await until('Ada to be muted', () => ben.getState().others[0]?.microphone?.paused);
    for (const each of [ada, ben]) expect(each.getState().others).toHaveLength(1);
    await Promise.all([ada.leave(), ben.leave()]);
    await nothingLeft();
  });

  it('survives a restart of the whole SFU', async () => {
    const ada = await enter('Ada');
    const ben = await enter('Ben');
    await connected(ada, ben);
    const joinedAt = ada.getState().joinedAt;
    await backAgain(ada, ben, () => stack.restartSfu());
    expect(ada.getState().joinedAt).toBe(joinedAt);
    await Promise.all([ada.leave(), ben.leave()]);
    await nothingLeft();
  });

  it('stops trying when it is refused for good', async () => {
    const ada = await enter('Ada');
    await stack.sfu.close();
    await until('Ada to look for a way back', () => ada.getState().status === 'reconnecting');
    await owner.deleteRoom(room.code);
    await until('Ada to stop', () => ada.getState().status === 'ended');
    expect(ada.getState().ended).toMatchObject({ reason: 'roomGone', error: { code: 'ROOM_NOT_FOUND' } });
    await stack.restartSfu();
  });

  it('keeps everyone else when one track can not be taken', async () => {
    const ada = await enter('Ada');
    let failures = 0;
    const ben = await stack.enter(room.code, 'Ben', {
      createDevice: async () => {
        const device = await createDevice();
        device.observer.on('newtransport', (transport) => {
          const consume = transport.consume.bind(transport);
          transport.consume = (options) => {
            if (options.kind !== 'video') return consume(options);
            failures += 1;
            return Promise.reject(new Error('This browser can not take it'));
          };
        });
        return device;
      },
    });
    await until('Ben to have tried twice and gone on without', () => {
      const { status, others } = ben.getState();
      return failures === 2 && status === 'joined' && others[0]?.microphone?.track;
    });
    expect(ben.getState().others[0]?.camera).toMatchObject({ paused: false, track: undefined });
    await Promise.all([ada.leave(), ben.leave()]);
    await nothingLeft();
  });

  it('leaves nobody behind when sockets vanish in the middle of joining', async () => {
    const grants = await Promise.all(Array.from({ length: 10 }, (_, i) => stack.grant(room.code, `G${i}`)));
    await Promise.all(
      grants.map(async (grant, i) => {
        const raw = await enterRaw(grant);
        const answer = raw.request<JoinedRoom>('join').catch(() => undefined);
        // Some go at once, some after their answer.
        if (i % 2 === 0) raw.close();
        await answer;
        raw.close();
      }),
    );
    await until('no room to be left', () => stack.sfu.rooms.rooms.size === 0);
    await nothingLeft();
  });
});
