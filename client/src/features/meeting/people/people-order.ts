/** The order of the list: raised hands first, who raised theirs first in front; then oneself; then by name. */
import type { Participant } from '../../../conference/state.ts';

/** Unix ms; after all others without a hand. */
function raisedAt({ handRaisedAt }: Participant): number {
  return handRaisedAt ?? Number.MAX_SAFE_INTEGER;
}

/** @param search part of a name, in any case */
export function peopleInOrder(
  self: Participant | undefined,
  others: readonly Participant[],
  search: string,
  language: string,
): Participant[] {
  const wanted = search.trim().toLocaleLowerCase(language);
  const compare = new Intl.Collator(language, { sensitivity: 'base' }).compare;
  const rank = (person: Participant) => (person.peerId === self?.peerId ? 0 : 1);
  return [...(self ? [self] : []), ...others]
    .filter(({ displayName }) => displayName.toLocaleLowerCase(language).includes(wanted))
    .sort((a, b) => raisedAt(a) - raisedAt(b) || rank(a) - rank(b) || compare(a.displayName, b.displayName));
}
