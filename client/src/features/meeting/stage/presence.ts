/** Who came and went, in words: by name while they are few, by number in a storm. */

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
  return [sentence(joined, 'joined'), sentence(left, 'left')].filter((words) => words !== undefined);
}

const NAMED = 3;

function sentence(names: readonly string[], verb: string): string | undefined {
  if (names.length === 0) return undefined;
  if (names.length > NAMED) return `${names.length} people ${verb}`;
  return `${new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names)} ${verb}`;
}

/** Those names that are in the first list more often than in the second. */
function without(names: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return names.filter((name) => {
    const index = rest.indexOf(name);
    if (index === -1) return true;
    rest.splice(index, 1);
    return false;
  });
}
