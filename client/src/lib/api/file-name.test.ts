import { describe, expect, it } from '@jest/globals';
import { FileName, LIMITS } from '@vcallpe/shared';
import { sendableName } from './file-name.ts';

describe('sendableName', () => {
  it.each([
    ['minutes.pdf', 'minutes.pdf'],
    ['Grüße „1“.tar.gz', 'Grüße „1“.tar.gz'],
    ['family 👨\u200D👩\u200D👧.jpg', 'family 👨👩👧.jpg'],
    ['a\u202Egpj.exe', 'agpj.exe'],
    ['two\nlines\t.txt', 'twolines.txt'],
    ['a/b\\c.txt', 'a_b_c.txt'],
    ['\u200B', 'file'],
  ])('%j is sent as %j', (name, sent) => {
    expect(sendableName(name)).toBe(sent);
    expect(FileName.parse(sent)).toBe(sent);
  });

  it.each([
    [`${'a'.repeat(300)}.png`, /^a+….png$/],
    [`${'👋'.repeat(300)}.png`, /^(👋)+….png$/u],
    [`${'Report. '.repeat(40)}and what comes after the last point is no extension`, /^Report\..+…$/],
    [`a.${'b'.repeat(300)}`, /^a\.b+…$/],
  ])('%j is shortened, and keeps its extension', (name, shape) => {
    const sent = sendableName(name);
    expect(sent).toMatch(shape);
    expect(sent.length).toBeGreaterThan(LIMITS.fileNameMax - 12);
    expect(FileName.parse(sent)).toBe(sent);
  });
});
