/** Who stands where, as long as the meeting lasts: by joining, but who speaks comes to the first page. */
import type { PeerId } from '@vcallpe/shared';

export interface Places {
  /** Everyone else, in the order of their tiles. */
  order: readonly PeerId[];
  /** Those who have spoken, the latest last. */
  spoken: readonly PeerId[];
}

export const NO_PLACES: Places = { order: [], spoken: [] };

interface Now {
  /** Everyone else, in order of joining. */
  others: readonly PeerId[];
  /** Loudest first; may contain oneself. */
  speakers: readonly PeerId[];
  /**
   * Those whose tiles may be given to a speaker: the others on the first page, while it is looked at. On a later page
   * nobody moves, so that nothing changes under the eyes of somebody who is looking for a face.
   */
  replaceable: readonly PeerId[];
  /** Is in sight anyway. */
  pinned?: PeerId;
}

/**
 * The places from now on. Nobody moves but a speaker who is out of sight, who trades places with whoever on the
 * first page has been silent for longest. Returns `before` itself when nothing has changed.
 */
export function updatePlaces(before: Places, { others, speakers, replaceable, pinned }: Now): Places {
  const here = new Set(others);
  const known = new Set(before.order);
  const order = [
    ...before.order.filter((peerId) => here.has(peerId)),
    ...others.filter((peerId) => !known.has(peerId)),
  ];
  const speaking = new Set(speakers.filter((peerId) => here.has(peerId)));
  const spoken = [
    ...before.spoken.filter((peerId) => here.has(peerId) && !speaking.has(peerId)),
    ...[...speaking].reverse(),
  ];
  const silent = silentFirst(replaceable, spoken).filter((peerId) => !speaking.has(peerId));
  for (const speaker of speaking) {
    if (speaker === pinned || replaceable.includes(speaker)) continue;
    const other = silent.shift();
    if (other === undefined) break;
    const place = order.indexOf(other);
    order[order.indexOf(speaker)] = other;
    order[place] = speaker;
  }
  return same(order, before.order) && same(spoken, before.spoken) ? before : { order, spoken };
}

/** Who has been silent for longest comes first; among those who never spoke, who stands last. */
function silentFirst(peerIds: readonly PeerId[], spoken: readonly PeerId[]): PeerId[] {
  const since = new Map(spoken.map((peerId, index) => [peerId, index]));
  return [...peerIds].reverse().sort((a, b) => (since.get(a) ?? -1) - (since.get(b) ?? -1));
}

function same(a: readonly PeerId[], b: readonly PeerId[]): boolean {
  return a.length === b.length && a.every((peerId, index) => peerId === b[index]);
}
