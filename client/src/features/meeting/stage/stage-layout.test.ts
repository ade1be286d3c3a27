import { describe, expect, it } from '@jest/globals';
import { placeTiles, tilesPerPage, type Rect } from './stage-layout.ts';

const STAGES = {
  desktop: { width: 1264, height: 660 },
  'wide desktop': { width: 2544, height: 1280 },
  'narrow window': { width: 640, height: 660 },
  'phone portrait': { width: 374, height: 690 },
  'phone landscape': { width: 828, height: 266 },
} as const;
const each = Object.entries(STAGES);

const overlap = (a: Rect, b: Rect) =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height;

describe.each(each)('a %s stage', (_, stage) => {
  it.each([false, true])('holds a full page, apart and inside, in whole pixels (pinned: %s)', (pinned) => {
    for (let count = 1; count <= tilesPerPage(stage, pinned, 49); count += 1) {
      const rects = placeTiles(count, stage, pinned);
      expect(rects).toHaveLength(count);
      for (const [index, rect] of rects.entries()) {
        expect(Object.values(rect).every(Number.isInteger)).toBe(true);
        expect(Math.min(rect.left, rect.top)).toBeGreaterThanOrEqual(0);
        expect(Math.min(rect.width, rect.height)).toBeGreaterThan(50);
        expect(rect.left + rect.width).toBeLessThanOrEqual(stage.width);
        expect(rect.top + rect.height).toBeLessThanOrEqual(stage.height);
        expect(rects.slice(index + 1).some((other) => overlap(rect, other))).toBe(false);
      }
    }
  });

  it('gives a pinned tile most of the room', () => {
    const [pinned, ...rest] = placeTiles(3, stage, true);
    for (const other of rest) expect(pinned?.width).toBeGreaterThan(2 * other.width);
  });
});

describe('tilesPerPage', () => {
  it.each([
    ['desktop', false, 16],
    ['wide desktop', false, 16],
    ['narrow window', false, 8],
    ['phone portrait', false, 6],
    ['phone landscape', false, 6],
    ['desktop', true, 6],
    ['phone portrait', true, 4],
    ['phone landscape', true, 4],
  ] as const)('of a %s, pinned: %s, is %d', (name, pinned, expected) => {
    expect(tilesPerPage(STAGES[name], pinned, 49)).toBe(expected);
  });

  it('is never above what the server sends, and never nothing', () => {
    expect(tilesPerPage(STAGES.desktop, false, 9)).toBe(9);
    expect(tilesPerPage(STAGES.desktop, true, 4)).toBe(4);
    expect(tilesPerPage({ width: 0, height: 0 }, false, 9)).toBe(1);
  });
});

describe('placeTiles', () => {
  it('puts an incomplete row in the middle', () => {
    const rects = placeTiles(5, STAGES.desktop, false);
    const middleOf = (row: Rect[]) => {
      const last = row.at(-1);
      return ((row[0]?.left ?? 0) + (last?.left ?? 0) + (last?.width ?? 0)) / 2;
    };
    expect(middleOf(rects.slice(3))).toBeCloseTo(middleOf(rects.slice(0, 3)), -0.5);
    expect(rects[3]?.left).toBeGreaterThan(rects[0]?.left ?? 0);
  });

  it('gives one who is alone the whole stage, pinned or not', () => {
    expect(placeTiles(1, STAGES.desktop, true)).toEqual(placeTiles(1, STAGES.desktop, false));
    expect(placeTiles(0, STAGES.desktop, false)).toEqual([]);
  });
});
