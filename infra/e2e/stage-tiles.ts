/** The tiles that a page shows now, read from the page itself. */
import type { Page } from 'playwright-core';

export interface SeenTile {
  name: string;
  /** A picture is shown in it. */
  video: boolean;
  /** As drawn, px from the upper left corner of the window. */
  left: number;
  top: number;
  width: number;
  height: number;
}

/** In reading order. */
export async function tilesOf(page: Page): Promise<SeenTile[]> {
  const tiles = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[role="group"][data-peer]')].map((tile) => {
      const { left, top, width, height } = tile.getBoundingClientRect();
      const name = tile.getAttribute('aria-label') ?? '';
      return { name, video: tile.dataset['video'] === 'on', left, top, width, height };
    }),
  );
  return tiles.sort((a, b) => a.top - b.top || a.left - b.left);
}

/** The tile that is at least twice as high as all others; undefined in a grid. */
export function largest(tiles: readonly SeenTile[]): SeenTile | undefined {
  const [first, second] = [...tiles].sort((a, b) => b.height - a.height);
  return first && second && first.height >= 2 * second.height ? first : undefined;
}

/** Pairs of tiles of which one covers a part of the other. */
export function overlaps(tiles: readonly SeenTile[]): string[] {
  return tiles.flatMap((a, index) =>
    tiles
      .slice(index + 1)
      .filter(
        (b) =>
          a.left < b.left + b.width &&
          b.left < a.left + a.width &&
          a.top < b.top + b.height &&
          b.top < a.top + a.height,
      )
      .map((b) => `${a.name} and ${b.name}`),
  );
}
