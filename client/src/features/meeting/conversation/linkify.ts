/** Addresses within text. Only http and https: nothing else that somebody writes can be clicked. */

export interface TextPart {
  text: string;
  /** Where it leads; undefined for plain text. */
  href?: string;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi;
/** Marks that end a sentence rather than an address. */
const TRAILING = /[.,;:!?…*_~]+$/;

/** The text in order, cut where addresses begin and end. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  const plain = (to: number) => {
    if (to > end) parts.push({ text: text.slice(end, to) });
  };
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const shown = withoutTrailing(found);
    const href = addressOf(shown);
    if (!href) continue;
    plain(index);
    parts.push({ text: shown, href });
    end = index + shown.length;
  }
  plain(text.length);
  return parts;
}

/** @returns undefined for what is none. `URL.parse` would say so, and is younger than some browsers that are in use. */
function addressOf(text: string): string | undefined {
  try {
    return new URL(text).href;
  } catch {
    return undefined;
  }
}

/** Without the end of the sentence, and without a bracket that was opened before the address. */
function withoutTrailing(found: string): string {
  let address = found.replace(TRAILING, '');
  while (/[)\]]$/.test(address) && !balanced(address)) address = address.slice(0, -1).replace(TRAILING, '');
  return address;
}

function balanced(text: string): boolean {
  const count = (mark: string) => text.split(mark).length;
  return count('(') === count(')') && count('[') === count(']');
}
