/** What is on the stage now: which page, which tiles, where each lies; and the server is told of it. */
import type { PeerId, Tile } from '@vcallpe/shared';
import { useCallback, useEffect, useState } from 'react';
import type { ConferenceState } from '../../../conference/state.ts';
import { useHidden } from '../../../hooks/use-hidden.ts';
import type { LocalMediaState } from '../../../lib/media/local-media.ts';
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

  const slots = slotsOf(state, places.order);
  const pinned = slots.length > 1 ? slots.find(({ key }) => key === wantedPin) : undefined;
  const unpinned = slots.filter((slot) => slot !== pinned);
  const room = tilesPerPage(size ?? UNMEASURED, pinned !== undefined, maxTiles) - (pinned ? 1 : 0);
  const { page, pages, items } = pageOf(unpinned, room, wantedPage);

  const nextPlaces = updatePlaces(places, {
    others: others.map(({ peerId }) => peerId),
    speakers,
    replaceable: page === 0 ? othersOf(items) : [],
    pinned: pinned && othersOf([pinned])[0],
  });
  // React draws again at once with the new places, before anything of this is seen.
  if (nextPlaces !== places) setPlaces(nextPlaces);

  const shown = pinned ? [pinned, ...items] : items;
  const rects = size ? placeTiles(shown.length, size, pinned !== undefined) : [];
  const tiles = shown.map((slot) => tileOf(slot, state, local));

  const hidden = useHidden(HIDDEN_AFTER_MS);
  useEffect(() => {
    if (!size) return;
    const options = { pinnedKey: pinned?.key, pixelRatio: window.devicePixelRatio, maxTiles };
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
    pinnedKey: pinned?.key,
    togglePin: slots.length > 1 ? togglePin : undefined,
    page,
    pages,
    turn,
  };
}

function othersOf(slots: readonly Slot[]): PeerId[] {
  return slots.flatMap(({ isSelf, source, person }) => (isSelf || source !== 'camera' ? [] : person.peerId));
}
