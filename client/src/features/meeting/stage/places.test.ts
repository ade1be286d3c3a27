import { describe, expect, it } from '@jest/globals';
import { NO_PLACES, updatePlaces, type Places } from './places.ts';

const SIX = ['a', 'b', 'c', 'd', 'e', 'f'];

interface Step {
  others?: string[];
  speakers?: string[];
  /** Which page of three is looked at. */
  page?: number;
  pinned?: string;
}

function after(...steps: Step[]): Places {
  return steps.reduce<Places>((places, { others = SIX, speakers = [], page = 0, pinned }) => {
    const first = places.order.filter((peerId) => others.includes(peerId) && peerId !== pinned).slice(0, 3);
    return updatePlaces(places, { others, speakers, replaceable: page === 0 ? first : [], pinned });
  }, NO_PLACES);
}
const order = (...steps: Parameters<typeof after>) => after(...steps).order.join('');

describe('updatePlaces', () => {
  it('keeps the order of joining', () => {
    expect(order({ others: ['a', 'b'] }, { others: ['a', 'b', 'c'] }, { others: ['a', 'c', 'd'] })).toBe(
      'acd',
    );
  });

  it('moves nobody while those on the first page speak', () => {
    expect(order({}, { speakers: ['b'] }, { speakers: ['c', 'a'] })).toBe('abcdef');
  });

  it('brings a speaker to the first page, in place of the last who never spoke', () => {
    expect(order({}, { speakers: ['e'] })).toBe('abedcf');
    expect(order({}, { speakers: ['c'] }, { speakers: [] }, { speakers: ['e'] })).toBe('aecdbf');
  });

  it('takes the place of who has been silent for longest', () => {
    expect(
      order({}, { speakers: ['a'] }, { speakers: ['c'] }, { speakers: ['b'] }, { speakers: ['f'] }),
    ).toBe('fbcdea');
  });

  it('leaves a speaker there who falls silent', () => {
    expect(order({}, { speakers: ['e'] }, {}, {})).toBe('abedcf');
  });

  it('never takes the place of somebody who speaks', () => {
    expect(order({}, { speakers: ['a', 'b', 'c', 'd', 'e'] })).toBe('abcdef');
    expect(order({}, { speakers: ['d', 'e', 'a'] })).toBe('aedcbf');
  });

  it('moves nobody while a later page is looked at, and catches up afterwards', () => {
    expect(order({}, { speakers: ['e'], page: 1 })).toBe('abcdef');
    expect(order({}, { speakers: ['e'], page: 1 }, { speakers: ['e'] })).toBe('abedcf');
  });

  it('neither moves nor replaces who is pinned', () => {
    expect(order({}, { speakers: ['e'], pinned: 'e' })).toBe('abcdef');
    expect(order({}, { speakers: ['e'], pinned: 'b' })).toBe('abcedf');
  });

  it('knows nothing of oneself and of those who left', () => {
    expect(after({}, { speakers: ['me', 'e'] }, { others: ['a', 'b', 'c'], speakers: ['e'] })).toEqual({
      order: ['a', 'b', 'c'],
      spoken: [],
    });
  });

  it('returns the same object when nothing has changed', () => {
    const now = { others: SIX, speakers: ['e', 'b'] };
    const places = updatePlaces(after({}), { ...now, replaceable: ['a', 'b', 'c'] });
    expect(updatePlaces(places, { ...now, replaceable: ['a', 'b', 'e'] })).toBe(places);
  });
});
