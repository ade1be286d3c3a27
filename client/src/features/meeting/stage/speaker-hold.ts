/** Who has the large place in speaker view: it stays for a while with whom it has, so that it does not flicker. */
import type { PeerId } from '@vcallpe/shared';

/** The large place changes at most this often, ms: two people who talk at once should not take it from each other. */
export const HOLD_MS = 2_000;

export interface Held {
  /** Who has the place; undefined while nobody has spoken. */
  peerId: PeerId | undefined;
  /** Since when, ms on the clock of `now`. */
  sinceMs: number;
}

export const NOBODY: Held = { peerId: undefined, sinceMs: -Infinity };

/** Who would get the place: the loudest of the others. One does not look at oneself while one speaks. */
export function loudestOther(
  speakers: readonly PeerId[],
  others: readonly { peerId: PeerId }[],
): PeerId | undefined {
  const here = new Set(others.map(({ peerId }) => peerId));
  return speakers.find((peerId) => here.has(peerId));
}

/**
 * In how many ms the place goes to the loudest, if they are still the loudest then; undefined when it stays. Nobody
 * leaves it by falling silent, and at once whoever has left the meeting.
 */
export function changesIn(
  { peerId, sinceMs }: Held,
  loudest: PeerId | undefined,
  others: readonly { peerId: PeerId }[],
  now: number,
): number | undefined {
  if (loudest === undefined || loudest === peerId) return undefined;
  const isHere = others.some((other) => other.peerId === peerId);
  return isHere ? Math.max(0, sinceMs + HOLD_MS - now) : 0;
}
