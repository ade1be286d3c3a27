import { expect, test } from '@jest/globals';
import { parseRoomCode } from '@vcallpe/shared';
import { codeProblem } from './code-problem.ts';

test.each([
  ['', 'Enter the code'],
  ['   ', 'Enter the code'],
  ['https://meet.example.org/rooms', 'link has no meeting'],
  ['kite-river-42', 'no digits'],
  ['tam-rilo', 'this has 7'],
  ['tam-rilo-bekk', 'this has 11'],
  ['aaa-aaaa-aaa', 'Look for a slip'],
])('%j is no code, and the words say why', (text, words) => {
  expect(parseRoomCode(text)).toBeUndefined();
  expect(codeProblem(text)).toContain(words);
});
