/** Who came and went, in words: by name while they are few, by number in a storm. */

import { formatList } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';

interface PresenceChange {
  joined: string[];
  left: string[];
}

/**
 * Compares names and not peer ids, because a person who reconnects gets a new peer id and has neither
 * left nor joined in anybody's eyes.
 */
export function presenceChange(before: readonly string[], after: readonly string[]): PresenceChange {
  return { joined: without(after, before), left: without(before, after) };
}

/** One sentence each for those who joined and those who left. */
export function describePresence({ joined, left }: PresenceChange): string[] {
  return [sentence(joined, 'joined', 'manyJoined'), sentence(left, 'left', 'manyLeft')].filter(
    (words) => words !== undefined,
  );
}

const NAMED = 3;

function sentence(
  names: readonly string[],
  few: 'joined' | 'left',
  many: 'manyJoined' | 'manyLeft',
): string | undefined {
  const [name, ...others] = names;
  if (name === undefined) return undefined;
  if (names.length > NAMED) return t(`meeting:presence.${many}`, { name, count: others.length });
  return t(`meeting:presence.${few}`, { names: formatList(names), count: names.length });
}

/** Those names that are in the first list more often than in the second. */
function without(names: readonly string[], others: readonly string[]): string[] {
  const rest = new Map<string, number>();
  for (const name of others) rest.set(name, (rest.get(name) ?? 0) + 1);
  return names.filter((name) => {
    const left = rest.get(name) ?? 0;
    rest.set(name, left - 1);
    return left <= 0;
  });
}
