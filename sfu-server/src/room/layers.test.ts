import { describe, expect, it } from '@jest/globals';
import { layerFor, layerHeights } from './layers.ts';

describe('layerHeights', () => {
  it('takes the sender’s word, and halves without it', () => {
    expect(layerHeights({ encodings: [{ scaleResolutionDownBy: 4 }, {}, {}] as object[] })).toEqual([
      180, 360, 720,
    ]);
    expect(layerHeights({ encodings: [{ rid: 'a' }, { rid: 'b' }] })).toEqual([360, 720]);
    expect(layerHeights({ encodings: [{ ssrc: 1 }] })).toEqual([720]);
    expect(layerHeights({})).toEqual([720]);
  });
});

describe('layerFor', () => {
  const heights = [180, 360, 720];
  it.each([
    [{ width: 160, height: 90 }, 0],
    [{ width: 320, height: 180 }, 0],
    [{ width: 420, height: 236 }, 0],
    [{ width: 640, height: 360 }, 1],
    [{ width: 240, height: 360 }, 1],
    [{ width: 1280, height: 720 }, 2],
    [{ width: 3840, height: 2160 }, 2],
  ])('%j needs layer %i', (box, layer) => expect(layerFor(box, heights)).toBe(layer));

  it('knows only one layer when there is one', () => {
    expect(layerFor({ width: 100, height: 50 }, [720])).toBe(0);
  });
});
