import { describe, expect, it } from '@jest/globals';
import type { Participant } from '../../../conference/state.ts';
import { FULL_PROCESSING } from '../../../lib/media/device-choice.ts';
import type { LocalMediaState } from '../../../lib/media/local-media.ts';
import { slotsOf, tileOf } from './tiles.ts';

/** Tracks are only handed on here, so any object that can be told apart will do. */
const track = (id: string) => ({ id }) as MediaStreamTrack;

function person(name: string, more: Partial<Participant> = {}): Participant {
  return { peerId: `peer-${name}`, participantId: `g:${name}`, displayName: name, role: 'guest', ...more };
}

const LOCAL: LocalMediaState = {
  microphone: { on: true, opening: false, track: track('own mic') },
  camera: { on: true, opening: false, track: track('own cam') },
  processing: FULL_PROCESSING,
};

/** Everyone's tile, in order of joining. */
function tilesOf(
  state: {
    self?: Participant;
    others: Participant[];
    speakers?: string[];
    limited?: string[];
    still?: string[];
    hands?: string[];
  },
  local: LocalMediaState = LOCAL,
) {
  const { speakers = [], hands = [] } = state;
  const limited = new Set(state.limited);
  const still = new Set(state.still);
  const order = state.others.map(({ peerId }) => peerId);
  return slotsOf(state, order).map((slot) => tileOf(slot, { speakers, limited, still, hands }, local));
}

describe('slotsOf', () => {
  it('puts oneself first and the others as they are ordered', () => {
    const slots = slotsOf({ self: person('Me'), others: [person('Mia'), person('Tom')] }, [
      'peer-Tom',
      'peer-gone',
      'peer-Mia',
    ]);
    expect(slots.map(({ person: { displayName }, isSelf }) => [displayName, isSelf])).toEqual([
      ['Me', true],
      ['Tom', false],
      ['Mia', false],
    ]);
  });

  it('puts what is shared before everyone, as a tile of its own', () => {
    const mia = person('Mia', { screen: { paused: false, track: track('screen') } });
    const tiles = tilesOf({ self: person('Me'), others: [person('Tom'), mia], speakers: ['peer-Mia'] });
    expect(tiles.map(({ displayName, source }) => [displayName, source])).toEqual([
      ['Mia', 'screen'],
      ['Me', 'camera'],
      ['Tom', 'camera'],
      ['Mia', 'camera'],
    ]);
    expect(tiles[0]).toMatchObject({ video: { id: 'screen' }, muted: false, speaking: false });
    expect(new Set(tiles.map(({ key }) => key)).size).toBe(4);
  });
});

describe('tileOf', () => {
  it('shows oneself by one’s own devices', () => {
    const muted: LocalMediaState = { ...LOCAL, microphone: { ...LOCAL.microphone, on: false } };
    const state = { self: person('Me'), others: [], speakers: ['peer-Me'] };
    expect(tilesOf(state)[0]).toMatchObject({ muted: false, speaking: true, video: LOCAL.camera.track });
    expect(tilesOf(state, muted)[0]).toMatchObject({ muted: true, speaking: false });
  });

  it('keeps the key of one’s own tile through a rejoin', () => {
    const before = tilesOf({ self: person('Me'), others: [] });
    const again = { ...person('Me'), peerId: 'another' };
    expect(tilesOf({ self: again, others: [] })[0]?.key).toBe(before[0]?.key);
  });

  it('takes somebody without a microphone, or with a paused one, for muted', () => {
    const others = [
      person('None'),
      person('Paused', { microphone: { paused: true, track: track('a') } }),
      person('Open', { microphone: { paused: false } }),
    ];
    expect(tilesOf({ others }).map(({ muted }) => muted)).toEqual([true, true, false]);
  });

  it('shows a picture only while it is sent, and says when one is on its way', () => {
    const camera = track('cam');
    const others = [
      person('On', { camera: { paused: false, track: camera } }),
      person('Off', { camera: { paused: true, track: camera } }),
      person('Coming', { camera: { paused: false } }),
      person('None'),
    ];
    expect(tilesOf({ others }).map(({ video, loading }) => [video, loading])).toEqual([
      [camera, false],
      [undefined, false],
      [undefined, true],
      [undefined, false],
    ]);
  });

  it('shows no frozen picture where there is no bandwidth for it, and says so', () => {
    const camera = { producerId: 'p', paused: false, track: track('cam') };
    const others = [person('On', { camera }), person('Off', { camera: { ...camera, paused: true } })];
    expect(tilesOf({ others, limited: ['p'] })).toMatchObject([
      { video: undefined, loading: false, limited: true },
      // Who sends none anyway is not held back.
      { video: undefined, limited: false },
    ]);
  });

  it('keeps the last picture of which too little arrives, and says so', () => {
    const camera = { producerId: 'p', paused: false, track: track('cam') };
    expect(tilesOf({ others: [person('On', { camera })], still: ['p'] })).toMatchObject([
      { video: camera.track, still: true },
    ]);
    expect(tilesOf({ others: [person('On', { camera })], still: ['p'], limited: ['p'] })).toMatchObject([
      { video: undefined, still: false, limited: true },
    ]);
  });
});

it('says of all that somebody sends that they are away', () => {
  const mia = person('Mia', { away: true, screen: { paused: false } });
  expect(tilesOf({ self: person('Me'), others: [mia, person('Tom')] }).map(({ away }) => away)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

it('has the place of a raised hand, beside the camera and not on the screen', () => {
  const mia = person('Mia', { screen: { paused: false } });
  const tiles = tilesOf({ others: [mia, person('Tom'), person('Ana')], hands: ['peer-Tom', 'peer-Mia'] });
  expect(tiles.map(({ displayName, hand }) => [displayName, hand])).toEqual([
    ['Mia', undefined],
    ['Mia', 2],
    ['Tom', 1],
    ['Ana', undefined],
  ]);
});
