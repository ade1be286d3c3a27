/** What is on the stage now: which page, which tiles, where each lies; and the server is told of it. */
import type { PeerId, Tile } from '@vcallpe/shared';
import { useCallback, useEffect, useState } from 'react';
import type { ConferenceState } from '../../../conference/state.ts';
import { useHidden } from '../../../hooks/use-hidden.ts';
import { useStore } from '../../../hooks/use-store.ts';
import type { LocalMediaState } from '../../../lib/media/local-media.ts';
import { preferences } from '../../../lib/preferences.ts';
import { largeSlot, shownSlots } from './layout-choice.ts';
import { pageOf } from './page-of.ts';
import { NO_PLACES, updatePlaces } from './places.ts';
import { placeTiles, tilesPerPage, type Rect, type StageSize } from './stage-layout.ts';
import { slotsOf, tileOf, type Slot, type TileView } from './tiles.ts';
import { viewOf } from './view-of.ts';

/** Somebody who looks at another tab for a moment finds the pictures running when they come back, ms. */
const HIDDEN_AFTER_MS = 2_000;
/** Before the stage has been measured there is room for nothing yet. */
const UNMEASURED: StageSize = { width: 0, height: 0 };

export interface Stage {
  tiles: readonly TileView[];
  /** Where each of them lies. */
  rects: readonly Rect[];
  pinnedKey: string | undefined;
  /** Makes a tile the large one; the same again makes it a tile among others. Undefined while there is no other. */
  togglePin: ((key: string) => void) | undefined;
  /** From 0. */
  page: number;
  pages: number;
  /** @param by 1 for the next page, −1 for the one before */
  turn: (by: number) => void;
}

/**
 * @param size of the stage in px, once it is known
 * @param onShow is told what is on the screen, whenever that may have changed
 */
export function useStage(
  state: ConferenceState,
  local: LocalMediaState,
  size: StageSize | undefined,
  onShow: (tiles: readonly Tile[]) => void,
): Stage {
  const { others, speakers, maxTiles } = state;
  const [wantedPage, setWantedPage] = useState(0);
  const [wantedPin, setWantedPin] = useState<string>();
  const [places, setPlaces] = useState(NO_PLACES);
  const [lastSpeaker, setLastSpeaker] = useState<PeerId>();
  const choice = useStore(preferences);

  // One does not look at oneself while one speaks, and nobody leaves the large place by falling silent.
  const speaker = speakers.find((peerId) => others.some((other) => other.peerId === peerId)) ?? lastSpeaker;
  if (speaker !== lastSpeaker) setLastSpeaker(speaker);

  const slots = shownSlots(slotsOf(state, places.order), choice);
  const claims = { pinned: wantedPin, spotlight: state.meeting?.spotlight, speaker };
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

  const shown = large ? [large, ...items] : items;
  const rects = size ? placeTiles(shown.length, size, large !== undefined) : [];
  const tiles = shown.map((slot) => tileOf(slot, state, local));

  const hidden = useHidden(HIDDEN_AFTER_MS);
  useEffect(() => {
    if (!size) return;
    const options = { pinnedKey: large?.key, pixelRatio: window.devicePixelRatio, maxTiles };
    onShow(hidden ? [] : viewOf(tiles, rects, options));
  });

  const togglePin = useCallback((key: string) => setWantedPin((now) => (now === key ? undefined : key)), []);
  const turn = useCallback(
    (by: number) => setWantedPage(Math.min(pages - 1, Math.max(0, page + by))),
    [page, pages],
  );
  return {
    tiles: size ? tiles : [],
    rects,
    pinnedKey: large?.key === wantedPin ? wantedPin : undefined,
    togglePin: slots.length > 1 ? togglePin : undefined,
    page,
    pages,
    turn,
  };
}

function othersOf(slots: readonly Slot[]): PeerId[] {
  return slots.flatMap(({ isSelf, source, person }) => (isSelf || source !== 'camera' ? [] : person.peerId));
}
