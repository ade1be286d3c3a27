import { LIMITS, type PeerId, type Tile } from '@vcallpe/shared';
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

/** A window of picture-in-picture as browsers open it, in device pixels: people make it larger only to look closer. */
const FLOATING = { width: 640, height: 360 };

/** The same with somebody's camera in a window of its own, which takes the last place where there is none left. */
export function withFloating(view: readonly Tile[], peerId: PeerId | undefined, maxTiles: number): Tile[] {
  const seen = view.some((tile) => tile.peerId === peerId && tile.source === 'camera');
  if (peerId === undefined || seen) return [...view];
  return [...view.slice(0, maxTiles - 1), { peerId, source: 'camera', ...FLOATING }];
}
