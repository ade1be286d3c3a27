/** How equal tiles share a stage: data and a pure function, so that it can be tested without a page. */

export interface TileLayout {
  columns: number;
  rows: number;
  /** Whole px. */
  tileWidth: number;
  tileHeight: number;
}

interface LayoutOptions {
  /** Between tiles, px. */
  gap: number;
  /** Width by height of a tile. */
  aspect: number;
}

/**
 * The grid with the largest tiles that all fit, and so the one that wastes the least of the stage. Among
 * equally large ones it takes that with the fewest empty places.
 *
 * @param count of tiles, 1 or more
 * @param width of the stage in px
 * @param height of the stage in px
 */
export function layoutTiles(
  count: number,
  width: number,
  height: number,
  { gap, aspect }: LayoutOptions,
): TileLayout {
  let best: TileLayout | undefined;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const widest = (width - gap * (columns - 1)) / columns;
    const highest = (height - gap * (rows - 1)) / rows;
    const tileWidth = Math.max(0, Math.floor(Math.min(widest, highest * aspect)));
    const layout = { columns, rows, tileWidth, tileHeight: Math.floor(tileWidth / aspect) };
    if (
      !best ||
      tileWidth > best.tileWidth ||
      (tileWidth === best.tileWidth && empty(layout) < empty(best))
    ) {
      best = layout;
    }
  }
  if (!best) throw new RangeError('A stage has at least one tile');
  return best;

  function empty({ columns, rows }: TileLayout): number {
    return columns * rows - count;
  }
}
