/** What is on the stage now: which page, which tiles, where each lies; and the server is told of it. */
import type { PeerId, Tile } from '@vcallpe/shared';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConferenceState } from '../../../conference/state.ts';
import { useHidden } from '../../../hooks/use-hidden.ts';
import { useStore } from '../../../hooks/use-store.ts';
import type { LocalMediaState } from '../../../lib/media/local-media.ts';
import { preferences } from '../../../lib/preferences.ts';
import { handsOf } from '../conversation/hands.ts';
import { largeSlot, shownSlots, type View } from './layout-choice.ts';
import { pageOf } from './page-of.ts';
import { NO_PLACES, updatePlaces } from './places.ts';
import { placeTiles, tilesPerPage, type Rect, type StageSize } from './stage-layout.ts';
import { slotsOf, tileOf, type Slot, type TileView } from './tiles.ts';
import { useLargeSpeaker } from './use-large-speaker.ts';
import { viewOf, withFloating } from './view-of.ts';

/** Somebody who looks at another tab for a moment finds the pictures running when they come back, ms. */
const HIDDEN_AFTER_MS = 2_000;
/** Before the stage has been measured there is room for nothing yet. */
const UNMEASURED: StageSize = { width: 0, height: 0 };

export interface Stage {
  tiles: readonly TileView[];
  /** Where each of them lies. */
  rects: readonly Rect[];
  pinnedKey: string | undefined;
  /** What others share, in the order of the tiles. */
  shares: readonly { key: string; name: string }[];
  view: View;
  /** The large tile's, also while nobody has pinned it. */
  largeKey: string | undefined;
  /** Leaves what was pinned. @param shareKey which share is the large one; the first, unless given */
  setView: (view: View, shareKey?: string) => void;
  /** Makes a tile the large one; the same again makes it a tile among others. Undefined while there is no other. */
  togglePin: ((key: string) => void) | undefined;
  /** Who speaks or spoke last, else the first who came; undefined while nobody else is there. */
  speaker: PeerId | undefined;
  /** From 0. */
  page: number;
  pages: number;
  /** @param by 1 for the next page, −1 for the one before */
  turn: (by: number) => void;
}

/**
 * @param size of the stage in px, once it is known
 * @param floating whether whoever speaks is in a window of their own, too
 * @param onShow is told what is on the screen, whenever that may have changed
 */
export function useStage(
  state: ConferenceState,
  local: LocalMediaState,
  size: StageSize | undefined,
  floating: boolean,
  onShow: (tiles: readonly Tile[]) => void,
): Stage {
  const { self, others, speakers, maxTiles } = state;
  const [wantedPage, setWantedPage] = useState(0);
  const [wantedPin, setWantedPin] = useState<string>();
  const [places, setPlaces] = useState(NO_PLACES);
  const [aside, setAside] = useState<readonly string[]>([]);
  const choice = useStore(preferences);

  const heard = useLargeSpeaker(state);
  const speaker = (others.find(({ peerId }) => peerId === heard) ?? others[0])?.peerId;

  const slots = shownSlots(slotsOf(state, places.order), choice);
  const shares = slots.filter(({ source }) => source === 'screen');
  // Who shares anew wants to be seen, even if their share before was put aside.
  const sharesAside = aside.filter((key) => shares.some((share) => share.key === key));
  if (sharesAside.length < aside.length) setAside(sharesAside);
  const claims = { pinned: wantedPin, spotlight: state.meeting?.spotlight, speaker, sharesAside };
  const large = largeSlot(slots, claims, choice.layout);
  const small = slots.filter((slot) => slot !== large);
  const room = tilesPerPage(size ?? UNMEASURED, large !== undefined, maxTiles) - (large ? 1 : 0);
  const { page, pages, items } = pageOf(small, room, wantedPage);

  const nextPlaces = updatePlaces(places, {
    others: others.map(({ peerId }) => peerId),
    speakers,
    replaceable: page === 0 ? othersOf(items) : [],
    pinned: large && othersOf([large])[0],
  });
  // React draws again at once with the new places, before anything of this is seen.
  if (nextPlaces !== places) setPlaces(nextPlaces);

  const hands = handsOf(self ? [self, ...others] : others).map(({ peerId }) => peerId);
  const shown = large ? [large, ...items] : items;
  const rects = size ? placeTiles(shown.length, size, large !== undefined) : [];
  const now = { ...state, hands };
  const tiles = shown.map((slot) => tileOf(slot, now, local));

  const hidden = useHidden(HIDDEN_AFTER_MS);
  useEffect(() => {
    if (!size) return;
    const options = { pinnedKey: large?.key, pixelRatio: window.devicePixelRatio, maxTiles };
    const view = hidden ? [] : viewOf(tiles, rects, options);
    onShow(withFloating(view, floating ? speaker : undefined, maxTiles));
  });

  const togglePin = useCallback((key: string) => setWantedPin((now) => (now === key ? undefined : key)), []);
  const shareKeys = useRef<readonly string[]>([]);
  useEffect(() => {
    shareKeys.current = shares.map(({ key }) => key);
  });
  const setView = useCallback((view: View, shareKey?: string) => {
    setAside(view === 'share' ? [] : shareKeys.current);
    setWantedPin(shareKey);
    if (view !== 'share') preferences.change({ layout: view });
  }, []);
  const turn = useCallback(
    (by: number) => setWantedPage(Math.min(pages - 1, Math.max(0, page + by))),
    [page, pages],
  );
  return {
    tiles: size ? tiles : [],
    rects,
    pinnedKey: large?.key === wantedPin ? wantedPin : undefined,
    shares: shares.map(({ key, person }) => ({ key, name: person.displayName })),
    view: large?.source === 'screen' ? 'share' : choice.layout,
    largeKey: large?.key,
    speaker,
    setView,
    togglePin: slots.length > 1 ? togglePin : undefined,
    page,
    pages,
    turn,
  };
}

function othersOf(slots: readonly Slot[]): PeerId[] {
  return slots.flatMap(({ isSelf, source, person }) => (isSelf || source !== 'camera' ? [] : person.peerId));
}
