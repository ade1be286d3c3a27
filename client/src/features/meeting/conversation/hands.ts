/** Raised hands in the order in which they were raised. */
import type { Participant } from '../../../conference/state.ts';

export function handsOf(people: readonly Participant[]): Participant[] {
  return people
    .filter(({ handRaisedAt }) => handRaisedAt !== undefined)
    .sort((a, b) => (a.handRaisedAt ?? 0) - (b.handRaisedAt ?? 0) || a.peerId.localeCompare(b.peerId));
}
