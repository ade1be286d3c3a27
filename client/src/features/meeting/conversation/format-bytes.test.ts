import { expect, it } from '@jest/globals';
import { formatBytes } from './format-bytes.ts';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_400, '1.4 kB'],
  [25_000_000, '25 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes, 'en')).toBe(words);
});

it('follows the language', () => {
  expect(formatBytes(1_400_000, 'de')).toBe('1,4 MB');
});
