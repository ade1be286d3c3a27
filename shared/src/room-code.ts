/**
 * Room codes are syllables, so that one can say them over a phone: consonant-vowel-consonant, two open
 * syllables, consonant-vowel-consonant, as in `tam-rilo-bek`. 15 consonants and 5 vowels make
 * 15⁶·5⁴ ≈ 7.1·10⁹ codes; joining is rate limited, so they can't be found by trying.
 */
const CONSONANTS = 'bdfgklmnprstvxz';
const VOWELS = 'aeiou';
const SHAPE = 'cvc-cvcv-cvc';

const c = `[${CONSONANTS}]`;
const v = `[${VOWELS}]`;
export const ROOM_CODE_PATTERN = new RegExp(`^${c}${v}${c}-${c}${v}${c}${v}-${c}${v}${c}$`);

/**
 * @param pick returns a uniformly random integer in [0, max); a server passes `crypto.randomInt`.
 */
export function makeRoomCode(pick: (max: number) => number): string {
  return Array.from(SHAPE, (letter) => {
    if (letter === '-') return '-';
    const alphabet = letter === 'c' ? CONSONANTS : VOWELS;
    return alphabet.charAt(pick(alphabet.length));
  }).join('');
}

/**
 * Finds the code in what a person typed or pasted: `Tam Rilo Bek`, `tamrilobek`, or a whole link.
 * Returns undefined when there is none.
 */
export function parseRoomCode(text: string): string | undefined {
  const fromLink = /\/r\/([a-z-]+)\/?(?:[?#].*)?$/i.exec(text.trim())?.[1];
  const letters = (fromLink ?? text).toLowerCase().replace(/[\s._-]/g, '');
  const code = `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
  return ROOM_CODE_PATTERN.test(code) ? code : undefined;
}
