import { describe, expect, it } from '@jest/globals';
import { videoLayers } from './video.ts';

describe('the layers of a camera', () => {
  it('are up to three, lowest first, each with a rid', () => {
    expect(videoLayers(720, true).map(({ rid, width, height }) => [rid, width, height])).toEqual([
      ['r0', 320, 180],
      ['r1', 640, 360],
      ['r2', 1280, 720],
    ]);
    expect(videoLayers(1080, true).map(({ height }) => height)).toEqual([360, 720, 1080]);
    expect(videoLayers(360, true).map(({ height }) => height)).toEqual([180, 360]);
  });

  it.each([
    ['without simulcast', 720, false],
    ['of the lowest height', 180, true],
  ] as const)('are one without a rid %s', (_what, height, simulcast) => {
    const layers = videoLayers(height, simulcast);
    expect(layers).toHaveLength(1);
    expect(layers[0]).toMatchObject({ height });
    expect(layers[0]).not.toHaveProperty('rid');
  });
});
