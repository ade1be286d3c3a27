import { describe, expect, it } from '@jest/globals';
import { largeSlot, nextView, shownSlots } from './layout-choice.ts';
import type { Slot } from './tiles.ts';

const slot = (name: string, source: 'camera' | 'screen' = 'camera', sends = true): Slot => ({
  key: source === 'screen' ? `${name}/screen` : name,
  source,
  isSelf: name === 'self',
  person: {
    peerId: name,
    participantId: `g:${name}`,
    displayName: name,
    role: 'guest',
    ...(sends && { [source]: { paused: false } }),
  },
});
const SHOW_ALL = { layout: 'grid', hideSelf: false, hideWithoutVideo: false } as const;
const NOTHING = { pinned: undefined, spotlight: undefined, speaker: undefined, sharesAside: [] };
const keys = (slots: readonly Slot[]) => slots.map(({ key }) => key);

describe('shownSlots', () => {
  const slots = [slot('self'), slot('mia'), slot('tom', 'camera', false)];

  it('hides what somebody wants hidden', () => {
    expect(keys(shownSlots(slots, SHOW_ALL))).toEqual(['self', 'mia', 'tom']);
    expect(keys(shownSlots(slots, { ...SHOW_ALL, hideSelf: true }))).toEqual(['mia', 'tom']);
    expect(keys(shownSlots(slots, { ...SHOW_ALL, hideWithoutVideo: true }))).toEqual(['self', 'mia']);
  });

  it('never hides everyone', () => {
    const dark = [slot('self'), slot('tom', 'camera', false)];
    expect(shownSlots(dark, { ...SHOW_ALL, hideSelf: true, hideWithoutVideo: true })).toEqual(dark);
  });
});

describe('largeSlot', () => {
  const slots = [slot('ana', 'screen'), slot('self'), slot('ana'), slot('tom')];
  const people = slots.slice(1);

  it('is the pin, else the spotlight, else a share', () => {
    expect(largeSlot(slots, { ...NOTHING, pinned: 'ana', spotlight: 'tom' }, 'grid')?.key).toBe('ana');
    expect(largeSlot(slots, { ...NOTHING, pinned: 'gone', spotlight: 'tom' }, 'grid')?.key).toBe('tom');
    expect(largeSlot(slots, NOTHING, 'grid')?.key).toBe('ana/screen');
  });

  it('is no share that was put aside, but another one, or one that was chosen', () => {
    const two = [slot('tom', 'screen'), ...slots];
    const aside = { ...NOTHING, sharesAside: ['tom/screen'] };
    expect(largeSlot(two, aside, 'grid')?.key).toBe('ana/screen');
    expect(largeSlot(two, { ...aside, pinned: 'tom/screen' }, 'grid')?.key).toBe('tom/screen');
    const both = { ...NOTHING, sharesAside: ['tom/screen', 'ana/screen'] };
    expect(largeSlot(two, both, 'grid')).toBeUndefined();
    expect(largeSlot(two, { ...both, speaker: 'tom' }, 'speaker')?.key).toBe('tom');
  });

  it('is whoever speaks in speaker view only, and another person while nobody does', () => {
    expect(largeSlot(people, { ...NOTHING, speaker: 'tom' }, 'speaker')?.key).toBe('tom');
    expect(largeSlot(people, { ...NOTHING, speaker: 'tom' }, 'grid')).toBeUndefined();
    expect(largeSlot(people, NOTHING, 'speaker')?.key).toBe('ana');
  });

  it('is nobody where there is no other tile', () => {
    expect(largeSlot([slot('self')], { ...NOTHING, pinned: 'self' }, 'speaker')).toBeUndefined();
  });
});

describe('nextView', () => {
  it('goes round all views, with a share among them while there is one', () => {
    expect(nextView('grid', false)).toBe('speaker');
    expect(nextView('speaker', false)).toBe('grid');
    expect(nextView('share', true)).toBe('grid');
    expect(nextView('grid', true)).toBe('speaker');
    expect(nextView('speaker', true)).toBe('share');
  });

  it('leaves the view of a share that has ended', () => {
    expect(nextView('share', false)).toBe('grid');
  });
});
