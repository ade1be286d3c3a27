/** The sound of a share: everyone hears it, however many speak, and it is nobody's voice. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Room } from '@vcallpe/shared';
import { until } from '../browser/wait.ts';
import { SimulatedPeer, tile } from './simulated-peer.ts';
import { startStack, type Account, type Stack } from './stack.ts';

const AUDIBLE = 2;

let stack: Stack;
let owner: Account;
let room: Room;
let entered: SimulatedPeer[] = [];

beforeAll(async () => {
  stack = await startStack({ WORKERS: '1', AUDIBLE_SPEAKERS: String(AUDIBLE) });
  owner = await stack.account('Mia');
});
afterAll(() => stack?.close());
beforeEach(async () => {
  room = await owner.createRoom('Films', { maxParticipants: 20 });
});
afterEach(async () => {
  for (const peer of entered) peer.vanish();
  entered = [];
  await until('the room to close', () => stack.sfu.rooms.rooms.size === 0);
});

async function enter(name: string): Promise<SimulatedPeer> {
  const peer = await SimulatedPeer.enter(name, await stack.grant(room.code, name));
  entered.push(peer);
  return peer;
}

function running() {
  const [found] = stack.sfu.rooms.rooms.values();
  if (!found) throw new Error('No room is running');
  return found;
}

/** Sources of what this peer receives and that is not paused, with whose they are. */
function hears(peer: SimulatedPeer): string[] {
  const view = running().peers.get(peer.id)?.receiving;
  return [...running().joinedPeers()]
    .flatMap((from) => [...from.producers.values()].map((producer) => ({ from, producer })))
    .filter(({ producer }) => producer.kind === 'audio' && view?.consumerOf(producer.id)?.paused === false)
    .map(({ from, producer }) => `${from.identity.displayName}/${producer.appData.source}`)
    .sort();
}

describe('the sound of a share', () => {
  it('reaches everyone beside the voices, who keep all of their places', async () => {
    const names = ['A', 'B', 'C', 'D'];
    const people = await Promise.all(names.map(enter));
    for (const peer of people) await peer.publish('microphone');
    const [sharer, second, listener] = people;
    if (!sharer || !second || !listener) throw new Error('Unreachable');
    await until('the voices to be heard', () => hears(listener).length === AUDIBLE);
    const voices = hears(listener);

    await sharer.publish('screen');
    await sharer.publish('screenAudio');
    await second.publish('screenAudio');
    const late = await enter('Late');
    for (const peer of [...people.slice(2), late]) {
      await until(`${peer.name} to hear both shares`, () => {
        const shares = hears(peer).filter((heard) => heard.endsWith('/screenAudio'));
        return shares.join() === 'A/screenAudio,B/screenAudio';
      });
    }
    expect(hears(listener).filter((heard) => heard.endsWith('/microphone'))).toEqual(voices);
    // Nobody hears one's own.
    expect(hears(sharer)).not.toContain('A/screenAudio');
    expect(hears(sharer)).toContain('B/screenAudio');

    await sharer.unpublish('screenAudio');
    await until('the end to be told', () => !hears(listener).includes('A/screenAudio'));
    expect(hears(listener)).toContain('B/screenAudio');
    expect(running().shareSounds.size).toBe(1);
    await second.leave();
    await until('nothing to be left', () => running().shareSounds.size === 0);
  });

  it('makes nobody a speaker, and is not listened to for its loudness', async () => {
    const [sharer, listener] = await Promise.all([enter('A'), enter('B')]);
    if (!sharer || !listener) throw new Error('Unreachable');
    const sound = await sharer.publish('screenAudio');
    await until('it to be heard', () => hears(listener).join() === 'A/screenAudio');
    const { speakers } = running();
    const peer = running().peers.get(listener.id);
    if (!peer) throw new Error('Unreachable');
    speakers.report([{ producerId: sound, dBov: -5 }]);
    expect(speakers.speaking).toEqual([]);
    expect(speakers.microphonesFor(peer)).toEqual({ heard: [], warm: [] });
  });

  it('is not sent any more once its sharer may only watch', async () => {
    const grant = await stack.grant(room.code, 'V');
    const host = await SimulatedPeer.enter('Mia', await stack.grant(room.code, owner));
    entered.push(host);
    const sharer = await SimulatedPeer.enter('V', grant);
    entered.push(sharer);
    await sharer.publish('screen');
    await sharer.publish('screenAudio');
    await host.request('show', { tiles: [tile(sharer.id, 720, { source: 'screen' })] });
    await until('it to be heard', () => hears(host).join() === 'V/screenAudio');
    await host.request('setRole', { peerId: sharer.id, role: 'viewer' });
    await until('it to end', () => hears(host).length === 0);
    await expect(sharer.publish('screenAudio')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
