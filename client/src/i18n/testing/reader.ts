/** For tests: the page's language, and what its reader's browser names. */
import { jest } from '@jest/globals';
import i18next from 'i18next';

export async function readAs(language: string, languages: readonly string[]): Promise<void> {
  await i18next.init({ lng: language, initAsync: false });
  jest.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);
}
