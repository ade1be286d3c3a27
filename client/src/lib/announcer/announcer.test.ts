import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Announcer } from './announcer.ts';
import type { Topic } from './batch.ts';

const MESSAGE: Topic<string> = { sentences: (texts) => [`${texts.length} messages`] };
const ACT: Topic<string> = { sentences: (texts) => [...texts], atOnce: true, first: true };

describe('the announcer', () => {
  let said: string[];
  let announcer: Announcer;
  beforeEach(() => {
    jest.useFakeTimers();
    said = [];
    announcer = new Announcer((sentences) => said.push(...sentences.map(({ text }) => text)));
  });
  afterEach(() => {
    announcer.close();
    jest.useRealTimers();
  });

  it('says a storm in a few sentences, and all of it', () => {
    for (let i = 0; i < 100; i += 1) {
      announcer.tell(MESSAGE, `${i}`, true);
      jest.advanceTimersByTime(100);
    }
    jest.advanceTimersByTime(10_000);
    expect(said.length).toBeLessThanOrEqual(4);
    expect(said.reduce((sum, text) => sum + parseInt(text), 0)).toBe(100);
  });

  it('does not hold back what a host does', () => {
    announcer.tell(MESSAGE, 'hello', true);
    announcer.tell(ACT, 'Mia muted you', true);
    expect(said).toEqual(['Mia muted you']);
    jest.advanceTimersByTime(1_000);
    expect(said).toEqual(['Mia muted you', '1 messages']);
  });

  it('says nothing more once it is closed', () => {
    announcer.tell(MESSAGE, 'hello', true);
    announcer.close();
    jest.advanceTimersByTime(10_000);
    expect(said).toEqual([]);
  });
});
