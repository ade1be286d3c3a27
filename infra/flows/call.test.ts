/** A call, on the whole stack: who hears of what, and that both ends agree afterwards. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Room } from '@vcallpe/shared';
import type { Conference } from '../../client/src/conference/conference.ts';
import { until } from '../browser/wait.ts';
import { fakeTrack, startStack, type Account, type Stack } from './stack.ts';

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

const enter = (who: Account | string, sends: { microphone?: boolean; camera?: boolean } = {}) =>
  stack.enter(room.code, who, {
    microphone: sends.microphone ? fakeTrack('audio') : undefined,
    camera: sends.camera ? fakeTrack('video') : undefined,
  });

const others = (conference: Conference) => conference.getState().others;
const names = (conference: Conference) => others(conference).map((other) => other.displayName);
const other = (conference: Conference, name: string) =>
  others(conference).find(({ displayName }) => displayName === name);
const running = () => {
  const found = stack.sfu.rooms.rooms.get([...stack.sfu.rooms.rooms.keys()][0] ?? '');
  if (!found) throw new Error('No room is running');
  return found;
};

describe('a call', () => {
  it('brings accounts and guests together, with their names and roles', async () => {
    const mia = await enter(owner);
    const guest = await enter('Zoe');
    await until('Mia to see Zoe', () => names(mia).includes('Zoe'));
    expect(names(guest)).toEqual(['Mia']);
    expect(mia.getState()).toMatchObject({
      status: 'joined',
      room: { code: room.code, name: 'Standup' },
      self: { displayName: 'Mia', role: 'owner' },
    });
    expect(other(mia, 'Zoe')).toMatchObject({ role: 'guest' });

    await guest.leave();
    await until('Mia to be alone', () => others(mia).length === 0);
    expect(guest.getState()).toMatchObject({ status: 'ended', ended: { reason: 'left' } });
    await mia.leave();
    await until('the room to close', () => stack.sfu.rooms.rooms.size === 0);
  });

  it('gives everyone a track of everything that the others send, whoever came first', async () => {
    const [first, second, third] = await Promise.all(
      ['A', 'B', 'C'].map((name) => enter(name, { microphone: true, camera: true })),
    );
    const all = [first, second, third].filter((each) => each !== undefined);
    for (const each of all) {
      await until('two microphones and two cameras', () => {
        const seen = others(each);
        return (
          seen.length === 2 && seen.every(({ microphone, camera }) => microphone?.track && camera?.track)
        );
      });
    }
    // One consumer for each pair and track, held once, and resumed.
    const consumers = [...running().peers.values()].flatMap((peer) => [...peer.receiving.consumers.values()]);
    expect(consumers).toHaveLength(3 * 2 * 2);
    await until('every consumer to be resumed', () => consumers.every((consumer) => !consumer.paused));
    await Promise.all(all.map((each) => each.leave()));
  });

  it('shows mute and camera to the others, also to those who come later', async () => {
    const mia = await enter(owner, { microphone: true, camera: true });
    const ben = await enter('Ben');
    await until('Ben to see Mia', () => other(ben, 'Mia')?.camera?.track);

    await mia.setMicMuted(true);
    await until('Ben to see the mark', () => other(ben, 'Mia')?.microphone?.paused);
    await mia.setCamera(undefined);
    await until('Ben to see no camera', () => other(ben, 'Mia') && !other(ben, 'Mia')?.camera);

    const zoe = await enter('Zoe');
    expect(other(zoe, 'Mia')).toMatchObject({ microphone: { paused: true } });
    expect(other(zoe, 'Mia')?.camera).toBeUndefined();

    await mia.setCamera(fakeTrack('video'));
    await until('both to get the new camera', () =>
      [ben, zoe].every((each) => other(each, 'Mia')?.camera?.track),
    );
    await Promise.all([mia, ben, zoe].map((each) => each.leave()));
  });

  it('lets the last click win, however fast somebody clicks', async () => {
    const mia = await enter(owner, { microphone: true });
    const ben = await enter('Ben');
    await until('Ben to hear Mia', () => other(ben, 'Mia')?.microphone?.track);
    await Promise.all([true, false, true, false, true].map((muted) => mia.setMicMuted(muted)));
    const producer = () => [...running().peers.values()].flatMap((peer) => [...peer.producers.values()])[0];
    expect(producer()?.paused).toBe(true);
    expect(mia.getState().self?.microphone?.paused).toBe(true);

    const cameras = [fakeTrack('video'), undefined, fakeTrack('video'), undefined, fakeTrack('video')];
    await Promise.all(cameras.map((track) => mia.setCamera(track)));
    await until('Ben to get the last one', () => other(ben, 'Mia')?.camera?.track);
    const sent = [...running().peers.values()].flatMap((peer) => [...peer.producers.values()]);
    expect(sent.map((each) => each.appData.source).sort()).toEqual(['camera', 'microphone']);
    await Promise.all([mia, ben].map((each) => each.leave()));
  });

  it('changes the device without a new producer', async () => {
    const mia = await enter(owner, { camera: true });
    const ids = () => [...running().peers.values()].flatMap((peer) => [...peer.producers.keys()]);
    await until('the camera to be sent', () => ids().length === 1);
    const [before] = ids();
    const next = fakeTrack('video');
    await mia.setCamera(next);
    expect(ids()).toEqual([before]);
    expect(mia.getState().self?.camera?.track).toBe(next);
    await mia.leave();
  });

  it('is full when it is full, and has room again when somebody leaves', async () => {
    room = await owner.createRoom('Small', { maxParticipants: 2 });
    const mia = await enter(owner);
    const ben = await enter('Ben');
    await expect(enter('Zoe')).rejects.toMatchObject({ code: 'ROOM_FULL' });
    await until('Mia to see Ben, and nobody else', () => names(mia).join() === 'Ben');
    await ben.leave();
    await until('the place to be free', () => others(mia).length === 0);
    const zoe = await enter('Zoe');
    expect(names(zoe)).toEqual(['Mia']);
    await Promise.all([mia, zoe].map((each) => each.leave()));
  });

  it('makes one room when many join an empty one at once', async () => {
    const many = await Promise.all(Array.from({ length: 8 }, (_, i) => enter(`Guest ${i}`)));
    expect(stack.sfu.rooms.rooms.size).toBe(1);
    for (const each of many) await until('seven others', () => others(each).length === 7);
    await Promise.all(many.map((each) => each.leave()));
    await until('the room to close', () => stack.sfu.rooms.rooms.size === 0);
  });
});
