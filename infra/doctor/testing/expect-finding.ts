import { expect } from '@jest/globals';
import type { Finding } from '../finding.ts';

/** One of the findings is wrong, about this, and names what it should. */
export function expectWrong(findings: readonly Finding[], check: string, says: RegExp, remedy: RegExp): void {
  expect(findings).toContainEqual({
    check,
    level: 'wrong',
    says: expect.stringMatching(says),
    remedy: expect.stringMatching(remedy),
  });
}

export const wrongOnes = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ level }) => level === 'wrong');
