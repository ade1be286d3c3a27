/** Which places are on the stage, and which of them is the large one: pure functions of what somebody chose. */
import type { PeerId } from '@vcallpe/shared';
import type { Preferences } from '../../../lib/preferences.ts';
import type { Slot } from './tiles.ts';

export type LayoutChoice = Pick<Preferences, 'layout' | 'hideSelf' | 'hideWithoutVideo'>;

/** The places that are shown. Somebody is always there: what would hide everyone hides nobody. */
export function shownSlots(
  slots: readonly Slot[],
  { hideSelf, hideWithoutVideo }: LayoutChoice,
): readonly Slot[] {
  const shown = slots.filter(({ isSelf, person, source }) => {
    if (isSelf) return !hideSelf;
    const picture = person[source];
    return !hideWithoutVideo || (picture !== undefined && !picture.paused);
  });
  return shown.some(({ isSelf }) => !isSelf) ? shown : slots;
}

/** What may ask for the large place. */
export interface Claims {
  /** The `key` of what this person has pinned. */
  pinned: string | undefined;
  /** Whom a host shows to everyone. */
  spotlight: PeerId | undefined;
  /** Who speaks now, or spoke last. */
  speaker: PeerId | undefined;
  /** The `key`s of shares that this person wants to be tiles among others. */
  sharesAside: readonly string[];
}

/** The large place: one's own pin, else the spotlight, else a share, else in speaker view whoever speaks. */
export function largeSlot(
  slots: readonly Slot[],
  { pinned, spotlight, speaker, sharesAside }: Claims,
  layout: LayoutChoice['layout'],
): Slot | undefined {
  if (slots.length < 2) return undefined;
  const cameraOf = (peerId: PeerId | undefined) =>
    slots.find(({ source, person }) => source === 'camera' && person.peerId === peerId);
  const large =
    slots.find(({ key }) => key === pinned) ??
    cameraOf(spotlight) ??
    slots.find(({ source, key }) => source === 'screen' && !sharesAside.includes(key));
  if (large || layout === 'grid') return large;
  return cameraOf(speaker) ?? slots.find(({ isSelf }) => !isSelf);
}

/** What is large: a share, nobody, or whoever speaks. */
export type View = 'share' | LayoutChoice['layout'];

/** The view that a key turns to from this one: each in turn, a share first while there is one. */
export function nextView(now: View, sharing: boolean): View {
  const views: readonly View[] = sharing ? ['share', 'grid', 'speaker'] : ['grid', 'speaker'];
  return views[(views.indexOf(now) + 1) % views.length] ?? 'grid';
}
