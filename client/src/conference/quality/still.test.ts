import { describe, expect, it } from '@jest/globals';
import type { Tile } from '@vcallpe/shared';
import type { ReceivedSample } from './sample.ts';
import { StillPictures } from './still.ts';

const tile = (peerId: string, source: Tile['source'] = 'camera'): Tile => ({
  peerId,
  source,
  width: 640,
  height: 360,
});
const of = (
  peerId: string,
  frames: number | undefined,
  source: Tile['source'] = 'camera',
): ReceivedSample => ({
  peerId,
  producerId: `${peerId}-${source}`,
  source,
  layers: 3,
  frames,
});

describe('still pictures', () => {
  it('are those of which no frame came for a while, until one comes', () => {
    const pictures = new StillPictures();
    const add = (ben: number, tom: number, at: number) => [
      ...pictures.add([of('ben', ben), of('tom', tom)], [tile('ben'), tile('tom')], at),
    ];
    expect(add(25, 25, 1_000)).toEqual([]);
    expect(add(0, 20, 2_000)).toEqual([]);
    expect(add(0, 20, 2_900)).toEqual([]);
    expect(add(0, 20, 4_000)).toEqual(['ben-camera']);
    expect(add(1, 20, 5_000)).toEqual([]);
  });

  it('are not those that nobody looks at, nor shared screens, nor those that the browser tells nothing of', () => {
    const pictures = new StillPictures();
    const received = [of('ben', 0), of('mia', 0, 'screen'), of('tom', undefined)];
    const shown = [tile('mia', 'screen'), tile('tom')];
    for (let at = 0; at < 10_000; at += 1_000) expect([...pictures.add(received, shown, at)]).toEqual([]);
    // It is given time from when it is looked at.
    expect([...pictures.add([of('ben', 0)], [tile('ben')], 10_000)]).toEqual([]);
    expect([...pictures.add([of('ben', 0)], [tile('ben')], 13_000)]).toEqual(['ben-camera']);
  });
});
