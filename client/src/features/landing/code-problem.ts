import { t } from '../../i18n/i18n.ts';

/** Lengths of a code such as `tam-rilo-bek`, hyphens aside. */
const LETTERS = 10;
const EXAMPLE = 'tam-rilo-bek';

/** Says what is wrong with a text in which `parseRoomCode` found no code. */
export function codeProblem(text: string): string {
  const typed = text.trim();
  if (typed === '') return t('landing:code.missing');
  if (typed.includes('/')) return t('landing:code.noMeeting', { example: EXAMPLE });
  if (/\d/.test(typed)) return t('landing:code.digits', { example: EXAMPLE });
  const letters = typed.replace(/[^a-z]/gi, '').length;
  if (letters !== LETTERS) {
    return t('landing:code.length', { letters: LETTERS, example: EXAMPLE, count: letters });
  }
  return t('landing:code.slip', { example: EXAMPLE });
}
