import { describe, expect, it } from '@jest/globals';
import { layerOf, reasonReceived, reasonSent, type Reception } from './reasons.ts';
import type { ReceivedSample, SentSample } from './sample.ts';

const flow = { bps: 1 };
const sent = (fields: Partial<SentSample>): SentSample => ({
  source: 'camera',
  paused: false,
  layers: 3,
  layerWanted: 2,
  limitation: 'none',
  flowing: [flow, flow, flow],
  ...fields,
});

describe('what is sent is less because', () => {
  it.each([
    ['nothing, it is all of it', {}, undefined],
    ['of a mute', { source: 'microphone', paused: true, layers: 1 }, 'muted'],
    ['nobody looks', { layerWanted: -1, flowing: [] }, 'nobodyLooks'],
    ['nobody has it large', { layerWanted: 1, flowing: [flow, flow] }, 'smallEverywhere'],
    ['of bandwidth', { limitation: 'bandwidth', flowing: [flow] }, 'bandwidth'],
    ['of the computer', { limitation: 'cpu', flowing: [flow] }, 'cpu'],
    ['nothing, it is at its limit with all of it', { limitation: 'bandwidth' }, undefined],
    [
      'of bandwidth, where there are no layers',
      { layers: 1, layerWanted: 0, limitation: 'bandwidth' },
      'bandwidth',
    ],
  ] as const)('%s', (_, fields, reason) => {
    expect(reasonSent(sent(fields as Partial<SentSample>))).toBe(reason);
  });
});

describe('what is received is less because', () => {
  const received = (fields: Partial<ReceivedSample> = {}): ReceivedSample => ({
    peerId: 'ben',
    producerId: 'ben-camera',
    source: 'camera',
    layers: 3,
    bps: 100_000,
    height: 180,
    ...fields,
  });
  const shownAs = (width: number): Partial<Reception> => ({
    shown: [{ peerId: 'ben', source: 'camera', width, height: (width * 9) / 16 }],
  });
  const reason = (sample: ReceivedSample, fields: Partial<Reception> = {}) =>
    reasonReceived(sample, { limited: new Set(), shown: [], well: true, ...fields });

  it('there is no room for it', () => {
    expect(reason(received(), { ...shownAs(1280), limited: new Set(['ben-camera']) })).toBe('noRoom');
  });

  it('it is not on the screen', () => {
    expect(reason(received({ bps: 0 }))).toBe('hidden');
  });

  it('its tile is small', () => {
    expect(reason(received({ height: 180 }), shownAs(320))).toBe('smallTile');
    expect(reason(received({ height: 720 }), shownAs(320))).toBeUndefined();
  });

  it('it is smaller than its tile, which may be for the own connection', () => {
    expect(reason(received({ height: 180 }), { ...shownAs(1280), well: false })).toBe('lowered');
    expect(reason(received({ height: 180 }), shownAs(1280))).toBe('notMore');
    expect(reason(received({ height: 720 }), shownAs(3840))).toBeUndefined();
  });

  it('nothing, where there are no layers, or no picture', () => {
    expect(reason(received({ source: 'screen', layers: 1 }), shownAs(1280))).toBeUndefined();
    expect(reason(received({ source: 'microphone', bps: 0 }))).toBeUndefined();
  });
});

describe('the layer of a picture', () => {
  it.each([
    [180, 0],
    [360, 1],
    [720, 2],
    [480, 1],
    [1080, 2],
    [90, 0],
  ])('of %d px', (height, layer) => {
    expect(layerOf(height, 3)).toBe(layer);
  });
});
