/** Which others a participant looks at. Pure, and the same in every run with the same seed. */
import type { PeerId, Tile } from '@vcallpe/shared';
import { sample } from './random.ts';

/** Device pixels of a tile on a page of nine, and so the lowest layer of a camera. */
export const TILE = { width: 320, height: 180 };

/** Keeps who is still there, and fills the places that are free with others, chosen uniformly. */
export function fillPage(
  page: readonly PeerId[],
  publishers: ReadonlySet<PeerId>,
  size: number,
  random: () => number,
): PeerId[] {
  const kept = page.filter((peerId) => publishers.has(peerId)).slice(0, size);
  const others = [...publishers].filter((peerId) => !kept.includes(peerId));
  return [...kept, ...sample(others, size - kept.length, random)];
}

/** Another page: nobody of the page before, as long as there are enough others. */
export function nextPage(
  page: readonly PeerId[],
  publishers: ReadonlySet<PeerId>,
  size: number,
  random: () => number,
): PeerId[] {
  const others = [...publishers].filter((peerId) => !page.includes(peerId));
  return fillPage(sample(others, size, random), publishers, size, random);
}

export function tilesOf(page: readonly PeerId[]): Tile[] {
  return page.map((peerId) => ({ peerId, source: 'camera', ...TILE }));
}
