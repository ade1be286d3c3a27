import { describe, expect, it } from '@jest/globals';
import { LIMITS } from '@vcallpe/shared';
import { viewOf, withFloating } from './view-of.ts';

const tile = (key: string, source: 'camera' | 'screen' = 'camera') => ({
  key,
  peerId: `peer-${key}`,
  source,
  isSelf: key === 'self',
});
const rect = (width: number, height: number) => ({ left: 0, top: 0, width, height });
const OPTIONS = { pixelRatio: 1, maxTiles: 16 };

describe('viewOf', () => {
  it('names the videos of others with the pixels that they have on this screen', () => {
    expect(
      viewOf([tile('a', 'screen'), tile('self'), tile('b')], [rect(640, 360), rect(1, 1), rect(313, 176)], {
        ...OPTIONS,
        pixelRatio: 2,
        pinnedKey: 'a',
      }),
    ).toEqual([
      { peerId: 'peer-a', source: 'screen', width: 1280, height: 720, pinned: true },
      { peerId: 'peer-b', source: 'camera', width: 640, height: 352 },
    ]);
  });

  it('is the same while a window grows by a little', () => {
    const view = (width: number) => viewOf([tile('a')], [rect(width, 180)], OPTIONS);
    expect(view(307)).toEqual(view(320));
    expect(view(321)).not.toEqual(view(320));
  });

  it('stays within what the server takes', () => {
    const huge = viewOf([tile('a'), tile('b')], [rect(90_000, 0), rect(9, 9)], { ...OPTIONS, maxTiles: 1 });
    expect(huge).toEqual([{ peerId: 'peer-a', source: 'camera', width: LIMITS.tilePixels, height: 16 }]);
  });
});

describe('withFloating', () => {
  const seen = viewOf([tile('a'), tile('b', 'screen')], [rect(320, 180), rect(320, 180)], OPTIONS);

  it('adds somebody who is in a window of their own, and on the page in no other', () => {
    expect(withFloating(seen, 'peer-c', 16)).toEqual([
      ...seen,
      { peerId: 'peer-c', source: 'camera', width: 640, height: 360 },
    ]);
    expect(withFloating(seen, 'peer-a', 16)).toEqual(seen);
    // Their screen is on the page, and their camera is not.
    expect(withFloating(seen, 'peer-b', 16)).toHaveLength(3);
    expect(withFloating(seen, undefined, 16)).toEqual(seen);
  });

  it('takes the last place where there are no more', () => {
    expect(withFloating(seen, 'peer-c', 2).map(({ peerId }) => peerId)).toEqual(['peer-a', 'peer-c']);
  });
});
