import { describe, expect, it } from '@jest/globals';
import { formatTime } from './format.ts';
import { readAs } from './testing/reader.ts';

describe('a time', () => {
  const afternoon = new Date(2026, 10, 28, 14, 5);

  it.each([
    ['en', ['en-GB', 'en'], '14:05'],
    // What the browser's reader puts first is not what the page speaks.
    ['en', ['de-DE', 'en-GB'], '14:05'],
    ['en', ['en-US'], '2:05 PM'],
    ['de', ['en-US', 'de-AT'], '14:05'],
  ])('on a page in %s for a reader of %j is %s', async (language, languages, words) => {
    await readAs(language, languages);
    expect(formatTime(afternoon, { timeStyle: 'short' }).replace(/\s/, ' ')).toBe(words);
  });
});
