import { describe, expect, it } from '@jest/globals';
import { changesIn, HOLD_MS, loudestOther, NOBODY } from './speaker-hold.ts';

const OTHERS = [{ peerId: 'mia' }, { peerId: 'tom' }];

describe('loudestOther', () => {
  it('is never oneself, and nobody who has left', () => {
    expect(loudestOther(['self', 'gone', 'tom', 'mia'], OTHERS)).toBe('tom');
    expect(loudestOther(['self'], OTHERS)).toBeUndefined();
  });
});

describe('changesIn', () => {
  const mia = { peerId: 'mia', sinceMs: 1_000 };

  it('is at once for the first who speaks, and when whoever had the place has left', () => {
    expect(changesIn(NOBODY, 'tom', OTHERS, 0)).toBe(0);
    expect(changesIn({ peerId: 'gone', sinceMs: 1_000 }, 'tom', OTHERS, 1_001)).toBe(0);
  });

  it('waits until the place was held for long enough', () => {
    expect(changesIn(mia, 'tom', OTHERS, 1_000)).toBe(HOLD_MS);
    expect(changesIn(mia, 'tom', OTHERS, 1_500)).toBe(HOLD_MS - 500);
    expect(changesIn(mia, 'tom', OTHERS, 1_000 + HOLD_MS)).toBe(0);
    expect(changesIn(mia, 'tom', OTHERS, 9_000)).toBe(0);
  });

  it('is never while nobody else speaks', () => {
    expect(changesIn(mia, 'mia', OTHERS, 9_000)).toBeUndefined();
    expect(changesIn(mia, undefined, OTHERS, 9_000)).toBeUndefined();
  });
});
