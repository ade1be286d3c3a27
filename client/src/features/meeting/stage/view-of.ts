import { LIMITS, type Tile } from '@vcallpe/shared';
import type { Rect } from './stage-layout.ts';
import type { TileView } from './tiles.ts';

/** Sizes are told in steps of so many device pixels, so that a window that grows slowly is not news all the time. */
const STEP = 16;

/** What the server is told of a page: the videos of others, in the order of their tiles. */
export function viewOf(
  tiles: readonly Pick<TileView, 'key' | 'peerId' | 'source' | 'isSelf'>[],
  rects: readonly Rect[],
  { pinnedKey, pixelRatio, maxTiles }: { pinnedKey?: string; pixelRatio: number; maxTiles: number },
): Tile[] {
  const devicePixels = (px: number) =>
    Math.min(LIMITS.tilePixels, Math.max(STEP, Math.ceil((px * pixelRatio) / STEP) * STEP));
  const view = tiles.flatMap(({ key, peerId, source, isSelf }, index): Tile[] => {
    const rect = rects[index];
    if (isSelf || !rect) return [];
    const size = { width: devicePixels(rect.width), height: devicePixels(rect.height) };
    return [{ peerId, source, ...size, ...(key === pinnedKey && { pinned: true }) }];
  });
  return view.slice(0, maxTiles);
}
