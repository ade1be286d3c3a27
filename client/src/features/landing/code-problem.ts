/** Lengths of a code such as `tam-rilo-bek`, hyphens aside. */
const LETTERS = 10;
const EXAMPLE = 'tam-rilo-bek';

/** Says what is wrong with a text in which `parseRoomCode` found no code. */
export function codeProblem(text: string): string {
  const typed = text.trim();
  if (typed === '') return 'Enter the code of a meeting, or paste its link';
  if (typed.includes('/')) return `This link has no meeting in it. One ends like /r/${EXAMPLE}`;
  if (/\d/.test(typed)) return `A code has no digits, only letters, like ${EXAMPLE}`;
  const letters = typed.replace(/[^a-z]/gi, '').length;
  if (letters !== LETTERS) return `A code has ${LETTERS} letters, like ${EXAMPLE}; this has ${letters}`;
  return `This can’t be a code: codes are easy to say, like ${EXAMPLE}. Look for a slip`;
}
