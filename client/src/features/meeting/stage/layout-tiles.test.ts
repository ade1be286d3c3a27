import { describe, expect, it } from '@jest/globals';
import { layoutTiles } from './layout-tiles.ts';

const OPTIONS = { gap: 8, aspect: 16 / 9 };
const STAGES = [
  ['desktop', 1264, 660],
  ['wide desktop', 2544, 1280],
  ['phone portrait', 374, 690],
  ['phone landscape', 828, 282],
  ['square', 700, 700],
] as const;
const COUNTS = Array.from({ length: 25 }, (_, i) => i + 1);

describe.each(STAGES)('layoutTiles on a %s stage (%d × %d)', (_, width, height) => {
  it.each(COUNTS)('fits %d tiles without overlap, in whole pixels, at 16:9', (count) => {
    const { columns, rows, tileWidth, tileHeight } = layoutTiles(count, width, height, OPTIONS);
    expect(columns * rows).toBeGreaterThanOrEqual(count);
    expect((rows - 1) * columns).toBeLessThan(count);
    expect(columns * tileWidth + (columns - 1) * OPTIONS.gap).toBeLessThanOrEqual(width);
    expect(rows * tileHeight + (rows - 1) * OPTIONS.gap).toBeLessThanOrEqual(height);
    expect(Number.isInteger(tileWidth) && Number.isInteger(tileHeight)).toBe(true);
    expect(Math.abs(tileWidth / OPTIONS.aspect - tileHeight)).toBeLessThan(1);
  });

  it.each(COUNTS)('finds no larger tile for %d than any other number of columns gives', (count) => {
    const { tileWidth } = layoutTiles(count, width, height, OPTIONS);
    for (const columns of COUNTS) {
      const rows = Math.ceil(count / columns);
      const fits = (side: number) =>
        columns * side + (columns - 1) * 8 <= width && (rows * side * 9) / 16 + (rows - 1) * 8 <= height;
      expect(fits(tileWidth + 1)).toBe(false);
    }
  });

  it('never makes tiles larger when somebody joins', () => {
    const widths = COUNTS.map((count) => layoutTiles(count, width, height, OPTIONS).tileWidth);
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });
});

describe('layoutTiles', () => {
  it.each([
    [1, 1264, 660, 1, 1],
    [2, 1264, 660, 2, 1],
    [4, 1264, 660, 2, 2],
    [5, 1264, 660, 3, 2],
    [9, 1264, 660, 3, 3],
    [25, 1264, 660, 5, 5],
    [2, 374, 690, 1, 2],
    [3, 374, 690, 1, 3],
    [2, 828, 282, 2, 1],
    [3, 828, 282, 3, 1],
  ])('puts %d tiles on %d × %d into %d columns and %d rows', (count, width, height, columns, rows) => {
    expect(layoutTiles(count, width, height, OPTIONS)).toMatchObject({ columns, rows });
  });

  it('has no negative size on a stage that has none', () => {
    expect(layoutTiles(3, 0, 0, OPTIONS)).toMatchObject({ tileWidth: 0, tileHeight: 0 });
  });
});
