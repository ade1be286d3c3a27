import { describe, expect, it } from '@jest/globals';
import { describePresence, presenceChange } from './presence.ts';

const words = (before: string[], after: string[]) => describePresence(presenceChange(before, after));

describe('presence', () => {
  it('names who joined and who left', () => {
    expect(words(['Mia'], ['Mia', 'Tom'])).toEqual(['Tom joined']);
    expect(words(['Mia', 'Tom'], ['Tom'])).toEqual(['Mia left']);
    expect(words(['Mia'], ['Tom', 'Ana'])).toEqual(['Tom and Ana joined', 'Mia left']);
    expect(words([], ['Mia', 'Tom', 'Ana'])).toEqual(['Mia, Tom and Ana joined']);
  });

  it('counts in a storm', () => {
    expect(words([], ['A', 'B', 'C', 'D'])).toEqual(['A and 3 others joined']);
  });

  it('is silent when somebody was only gone for a moment', () => {
    expect(words(['Mia', 'Tom'], ['Tom', 'Mia'])).toEqual([]);
  });

  it('tells two people of one name apart from one', () => {
    expect(words(['Mia'], ['Mia', 'Mia'])).toEqual(['Mia joined']);
  });
});
