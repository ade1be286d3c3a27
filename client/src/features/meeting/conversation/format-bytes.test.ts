import { expect, it } from '@jest/globals';
import { readAs } from '../../../i18n/testing/reader.ts';
import { formatBytes } from './format-bytes.ts';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_400, '1.4 kB'],
  [25_000_000, '25 MB'],
])('%i bytes are %s', async (bytes, words) => {
  await readAs('en', ['en-GB']);
  expect(formatBytes(bytes)).toBe(words);
});

it('follows the language', async () => {
  await readAs('de', ['de']);
  expect(formatBytes(1_400_000)).toBe('1,4 MB');
});
