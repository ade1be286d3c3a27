/** The server comes to hold something else than a client sends: the person's wish holds again, but never against a host. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Output, Room, TrackSource } from '@vcallpe/shared';
import type { Conference } from '../../client/src/conference/conference.ts';
import { until } from '../browser/wait.ts';
import { SimulatedPeer } from './simulated-peer.ts';
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

const enter = (name: string) =>
  stack.enter(room.code, name, { microphone: fakeTrack('audio'), camera: fakeTrack('video') });

/** What the server holds of this person. */
function producerOf(peerId: string | undefined, source: TrackSource) {
  const all = [...stack.sfu.rooms.rooms.values()].flatMap(({ peers }) => [...peers.values()]);
  return all.find(({ id }) => id === peerId)?.producerOf(source);
}
const sentBy = (conference: Conference, source: TrackSource) =>
  producerOf(conference.getState().self?.peerId, source);

async function counted(step: string): Promise<number> {
  const metrics = await (await fetch(`${stack.sfu.url}/metrics`)).text();
  const line = new RegExp(`^vcallpe_media_repairs_total\\{cause="outOfStep",step="${step}"\\} (\\d+)$`, 'm');
  return Number(line.exec(metrics)?.[1]);
}

describe('what a client sends', () => {
  let ada: Conference;
  let ben: Conference;
  beforeEach(async () => {
    [ada, ben] = await Promise.all([enter('Ada'), enter('Ben')]);
    await until('Ben to receive Ada', () => {
      const [other] = ben.getState().others;
      return other?.microphone?.track && other.camera?.track;
    });
  });
  afterEach(() => Promise.all([ada.leave(), ben.leave()]));

  it('is resumed when the server has it paused', async () => {
    const before = await counted('resume');
    await sentBy(ada, 'microphone')?.pause();
    await until('Ben to be told', () => ben.getState().others[0]?.microphone?.paused);
    await until('Ada to be heard again', () => ben.getState().others[0]?.microphone?.paused === false);
    expect(await counted('resume')).toBe(before + 1);
    expect(ada.getState().self?.microphone?.paused).toBe(false);
  });

  it('is paused when the server has it resumed', async () => {
    await ada.setMicMuted(true);
    await until('Ben to be told', () => ben.getState().others[0]?.microphone?.paused);
    const before = await counted('pause');
    await sentBy(ada, 'microphone')?.resume();
    await until('Ben to be told', () => ben.getState().others[0]?.microphone?.paused === false);
    await until('Ada to be muted again', () => ben.getState().others[0]?.microphone?.paused);
    expect(await counted('pause')).toBe(before + 1);
  });

  it.each(['microphone', 'camera'] as const)(
    'is sent anew when the server has lost it: %s',
    async (source) => {
      const before = await counted('produceAgain');
      const lost = sentBy(ada, source);
      lost?.close();
      await until('Ben to be told', () => !ben.getState().others[0]?.[source]);
      await until('Ben to receive it again', () => ben.getState().others[0]?.[source]?.track);
      expect(sentBy(ada, source)?.id).not.toBe(lost?.id);
      expect(await counted('produceAgain')).toBe(before + 1);
      expect(ada.getState().recovery).toBeUndefined();
    },
  );
});

describe('what a host has held back', () => {
  let host: SimulatedPeer;
  let zoe: SimulatedPeer;
  beforeEach(async () => {
    host = await SimulatedPeer.enter('Mia', await stack.grant(room.code, owner));
    zoe = await SimulatedPeer.enter('Zoe', await stack.grant(room.code, 'Zoe'));
    for (const source of ['microphone', 'camera'] as const) await zoe.publish(source);
  });
  /** As a client does to whom the host's act was never told. */
  const insist = async () => {
    const producers = (['microphone', 'camera'] as const).map((source) => ({
      producerId: zoe.producers.get(source)?.id ?? '',
      source,
      paused: false,
    }));
    return zoe.request<Output<'confirmSending'>>('confirmSending', { producers });
  };

  it('stays so, and is told again: muted', async () => {
    await host.request('mute', { peerId: zoe.id });
    const { lost } = await insist();
    expect(lost).toEqual([]);
    expect(producerOf(zoe.id, 'microphone')?.paused).toBe(true);
    await until('the words', () => zoe.moderated.length === 2);
    expect(zoe.moderated[1]).toEqual({ by: 'Mia', act: { act: 'muted' } });

    // Once this person has spoken again, it is a fault like any other.
    await zoe.setPaused('microphone', false);
    await producerOf(zoe.id, 'microphone')?.pause();
    await insist();
    expect(producerOf(zoe.id, 'microphone')?.paused).toBe(false);
  });

  it('stays so, and is told again: stopped', async () => {
    await host.request('stopVideo', { peerId: zoe.id, source: 'camera' });
    expect((await insist()).lost).toEqual([]);
    await until('the words', () => zoe.moderated.length === 2);
    expect(zoe.moderated[1]).toEqual({ by: 'Mia', act: { act: 'videoStopped', source: 'camera' } });
  });

  it('is not taken for lost because a client says so, when the server has not asked', async () => {
    const microphone = producerOf(zoe.id, 'microphone');
    const producers = [{ producerId: microphone?.id, source: 'microphone', paused: false }];
    const answer = await zoe.request<Output<'confirmSending'>>('confirmSending', {
      producers,
      unheard: [microphone?.id],
    });
    expect(answer.lost).toEqual([]);
    expect(producerOf(zoe.id, 'microphone')).toBe(microphone);
  });

  it('is not asked for again from who may not send it any more', async () => {
    await host.request('setRole', { peerId: zoe.id, role: 'viewer' });
    expect(await insist()).toEqual({ producers: [], lost: [] });
  });
});
