/** Where each tile of a page lies: data and pure functions, so that they can be tested without a page. */
import { layoutTiles } from './layout-tiles.ts';

export interface StageSize {
  width: number;
  height: number;
}

/** In whole px, from the upper left corner of the stage. */
export interface Rect extends StageSize {
  left: number;
  top: number;
}

const GAP = 8;
const ASPECT = 16 / 9;

/** Below this width in px a stage is a phone's: MUI's `sm`. */
const PHONE_WIDTH = 600;
/** And below this height, px: one that lies on its side. */
const PHONE_HEIGHT = 360;
/**
 * How many tiles a page may have, and how narrow they may get, px. In a tile of 240 px one still reads a face;
 * a phone has less to see with, and less to decode with.
 */
const PAGE = {
  phone: { most: 6, minTileWidth: 168 },
  desktop: { most: 16, minTileWidth: 240 },
};
/** Width in px of the tiles beside a pinned one. */
const STRIP_TILE_WIDTH = { phone: 112, desktop: 208 };

/**
 * How many tiles fit on one page, the pinned one included.
 *
 * @param maxTiles as many as the server sends at a time
 */
export function tilesPerPage(stage: StageSize, pinned: boolean, maxTiles: number): number {
  if (pinned) return 1 + Math.max(1, Math.min(fitting(stripOf(stage)), maxTiles - 1));
  const { most, minTileWidth } = PAGE[deviceOf(stage)];
  const fits = fitting({ ...stage, tileWidth: minTileWidth });
  return Math.max(1, Math.min(fits, most, maxTiles));
}

/**
 * The places of `count` tiles, in their order: equal ones that waste the least of the stage, or with `pinned`
 * the first one large and the others in a strip beside or below it.
 */
export function placeTiles(count: number, stage: StageSize, pinned: boolean): Rect[] {
  if (count === 0) return [];
  const whole = { left: 0, top: 0, ...stage };
  if (!pinned || count === 1) return grid(count, whole);
  const { tileWidth, ...strip } = stripOf(stage);
  const tileHeight = Math.floor(tileWidth / ASPECT);
  const beside = strip.height === stage.height;
  const large = beside
    ? { ...whole, width: stage.width - strip.width - GAP }
    : { ...whole, height: stage.height - strip.height - GAP };
  const others = Array.from({ length: count - 1 }, (_, index) => ({
    left: beside ? large.width + GAP : index * (tileWidth + GAP),
    top: beside ? index * (tileHeight + GAP) : large.height + GAP,
    width: tileWidth,
    height: tileHeight,
  }));
  return [...grid(1, large), ...others];
}

function deviceOf({ width, height }: StageSize): 'phone' | 'desktop' {
  return width < PHONE_WIDTH || height < PHONE_HEIGHT ? 'phone' : 'desktop';
}

/** A column at the right of a wide stage, a row at the bottom of a high one. */
function stripOf(stage: StageSize): StageSize & { tileWidth: number } {
  const tileWidth = STRIP_TILE_WIDTH[deviceOf(stage)];
  return stage.width > stage.height
    ? { width: tileWidth, height: stage.height, tileWidth }
    : { width: stage.width, height: Math.floor(tileWidth / ASPECT), tileWidth };
}

function fitting({ width, height, tileWidth }: StageSize & { tileWidth: number }): number {
  const columns = Math.floor((width + GAP) / (tileWidth + GAP));
  const rows = Math.floor((height + GAP) / (Math.floor(tileWidth / ASPECT) + GAP));
  return columns * rows;
}

/** Equal tiles in the middle of an area, and the last row in the middle of its own. */
function grid(count: number, area: Rect): Rect[] {
  const layout = layoutTiles(count, area.width, area.height, { gap: GAP, aspect: ASPECT });
  const { columns, rows, tileWidth: width, tileHeight: height } = layout;
  const top = area.top + middle(area.height, rows * (height + GAP) - GAP);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    return {
      left: area.left + middle(area.width, inRow * (width + GAP) - GAP) + (index % columns) * (width + GAP),
      top: top + row * (height + GAP),
      width,
      height,
    };
  });
}

function middle(outer: number, inner: number): number {
  return Math.max(0, Math.floor((outer - inner) / 2));
}
