import { expect, test } from '@jest/globals';
import { formatBps } from '../../i18n/format.ts';
import { clockTime, formatBytes } from './format.ts';

test.each([
  [0, '0 bit/s'],
  [999.4, '999 bit/s'],
  [999.6, '1 kbit/s'],
  [64_400, '64 kbit/s'],
  [999_600, '1.0 Mbit/s'],
  [1_240_000, '1.2 Mbit/s'],
  [9_960_000, '10 Mbit/s'],
  [123_400_000, '123 Mbit/s'],
])('%d bps', (bps, text) => {
  expect(formatBps(bps)).toBe(text);
});

test('memory is in whole megabytes', () => {
  expect(formatBytes(143_400_000)).toBe('143 MB');
});

test('a time names its zone', () => {
  expect(clockTime('2026-01-01T12:34:56.000Z')).toMatch(/56.*[A-Z]/);
});
