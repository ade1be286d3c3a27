import { describe, expect, it } from '@jest/globals';
import { intervalFor } from './news.ts';

describe('intervalFor', () => {
  it('lets the writes of a storm grow with the room and not with its square', () => {
    const writesPerSecond = (listeners: number) => (listeners * 1000) / intervalFor(listeners);
    expect(intervalFor(1)).toBe(100);
    expect(writesPerSecond(200)).toBe(writesPerSecond(40));
    expect(intervalFor(1_000)).toBe(500);
  });
});
