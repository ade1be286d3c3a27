import { describe, expect, it } from '@jest/globals';
import type { Participant } from '../../../conference/state.ts';
import type { LocalMediaState } from '../../../lib/media/local-media.ts';
import { tilesOf } from './tiles.ts';

/** Tracks are only handed on here, so any object that can be told apart will do. */
const track = (id: string) => ({ id }) as MediaStreamTrack;

function person(name: string, tracks: Pick<Participant, 'microphone' | 'camera'> = {}): Participant {
  return { peerId: `peer-${name}`, participantId: `g:${name}`, displayName: name, role: 'guest', ...tracks };
}

const LOCAL: LocalMediaState = {
  microphone: { on: true, opening: false, track: track('own mic') },
  camera: { on: true, opening: false, track: track('own cam') },
};

describe('tilesOf', () => {
  it('puts oneself first and keeps the order of the others', () => {
    const tiles = tilesOf(
      { self: person('Me'), others: [person('Mia'), person('Tom')], speakers: [] },
      LOCAL,
    );
    expect(tiles.map(({ displayName, isSelf }) => [displayName, isSelf])).toEqual([
      ['Me', true],
      ['Mia', false],
      ['Tom', false],
    ]);
  });

  it('shows oneself by one’s own devices', () => {
    const muted: LocalMediaState = { ...LOCAL, microphone: { ...LOCAL.microphone, on: false } };
    const state = { self: person('Me'), others: [], speakers: ['peer-Me'] };
    expect(tilesOf(state, LOCAL)[0]).toMatchObject({
      muted: false,
      speaking: true,
      video: LOCAL.camera.track,
    });
    expect(tilesOf(state, muted)[0]).toMatchObject({ muted: true, speaking: false });
  });

  it('keeps the key of one’s own tile through a rejoin', () => {
    const before = tilesOf({ self: person('Me'), others: [], speakers: [] }, LOCAL);
    const again = { ...person('Me'), peerId: 'another' };
    expect(tilesOf({ self: again, others: [], speakers: [] }, LOCAL)[0]?.key).toBe(before[0]?.key);
  });

  it('takes somebody without a microphone, or with a paused one, for muted', () => {
    const others = [
      person('None'),
      person('Paused', { microphone: { paused: true, track: track('a') } }),
      person('Open', { microphone: { paused: false } }),
    ];
    expect(tilesOf({ others, speakers: [] }, LOCAL).map(({ muted }) => muted)).toEqual([true, true, false]);
  });

  it('shows a picture only while it is sent', () => {
    const camera = track('cam');
    const others = [
      person('On', { camera: { paused: false, track: camera } }),
      person('Off', { camera: { paused: true, track: camera } }),
      person('Coming', { camera: { paused: false } }),
    ];
    expect(tilesOf({ others, speakers: [] }, LOCAL).map(({ video }) => video)).toEqual([
      camera,
      undefined,
      undefined,
    ]);
  });
});
