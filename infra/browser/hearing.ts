/** What a screen reader is told: it is in the page for a few seconds only, so it is written down as it comes. */
import type { Participant } from './participant.ts';
import { until } from './wait.ts';

declare global {
  var sentencesHeard: string[];
}

/** From the next load of the page on. */
export async function listenTo({ page }: Participant): Promise<void> {
  await page.addInitScript(() => {
    globalThis.sentencesHeard = [];
    const observer = new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        if (!(target instanceof Element) || target.role !== 'status') continue;
        for (const { textContent } of addedNodes) sentencesHeard.push(textContent ?? '');
      }
    });
    observer.observe(document, { childList: true, subtree: true });
  });
}

/** All of this visit to the page, oldest first. */
export const heard = ({ page }: Participant): Promise<string[]> => page.evaluate(() => sentencesHeard);

export async function hearsSentence(who: Participant, wanted: string | RegExp): Promise<void> {
  const matches = (sentence: string) =>
    typeof wanted === 'string' ? sentence.startsWith(wanted) : wanted.test(sentence);
  await until(`${who.name} to be told ${String(wanted)}`, async () => {
    const sentences = await heard(who);
    // An answer that is not there yet is told by what was.
    if (!sentences.some(matches)) throw new Error(`told ${sentences.join(' | ') || 'nothing'}`);
    return true;
  });
}
