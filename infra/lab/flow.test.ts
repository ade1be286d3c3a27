import { describe, expect, it } from '@jest/globals';
import { firstAfter, flowsAgainAfter, longestSilence, silences, widthChanges, type Flow } from './flow.ts';
import { NOTHING, type Received, type Sample } from './sample.ts';

/** A sample each 100 ms from 0 on; `undefined` is one in which nothing came. */
function flow(kind: Flow['kind'], received: (Partial<Received> | undefined)[]): Flow {
  const samples = received.map((from, i): Sample => ({
    at: i * 100,
    loadedAt: 0,
    from: from ? { Ben: { ...NOTHING, ...from } } : {},
    paths: [],
    tiles: {},
    marked: [],
    away: [],
    held: {},
    ice: [],
    says: '',
  }));
  return { name: 'test', samples, kind, from: 'Ben' };
}

const voice = { audioPackets: 5, audioEnergy: 0.01 };
const picture = { videoFrames: 1, width: 320 };
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('silences', () => {
  it('are none while it flows, nor when it pauses for less than anybody notices', () => {
    expect(silences(flow('audio', [...times(10, voice), ...times(2, undefined), voice]), 0)).toEqual([]);
  });

  it('are found with their ends, and as long as they are certain to be', () => {
    const paused = flow('audio', [...times(10, voice), ...times(6, undefined), ...times(10, voice)]);
    expect(silences(paused, 500)).toEqual([{ from: 900, to: 1600, ms: 600 }]);
    expect(flowsAgainAfter(paused, 1000)).toBe(600);
    expect(longestSilence(paused, 1600)).toBe(0);
  });

  it('do not count that the sampling itself was held up', () => {
    const held = flow('audio', [...times(5, voice), voice]);
    const samples = held.samples.map((sample, i) => (i === 5 ? { ...sample, at: 5_000 } : sample));
    expect(silences({ ...held, samples }, 0)).toEqual([]);
  });

  it('have no end when it does not come back, and when there are no samples at all', () => {
    const dead = flow('video', [...times(5, picture), ...times(20, undefined)]);
    expect(flowsAgainAfter(dead, 500)).toBeUndefined();
    expect(flowsAgainAfter(flow('video', []), 0)).toBeUndefined();
  });

  it('end with the last interruption, not with the first frame between two', () => {
    const twice = flow('video', [
      ...times(5, picture),
      ...times(15, undefined),
      picture,
      ...times(15, undefined),
      ...times(5, picture),
    ]);
    expect(silences(twice, 500)).toHaveLength(2);
    expect(flowsAgainAfter(twice, 500)).toBe(3100);
    // The second has another cause.
    expect(flowsAgainAfter(twice, 500, 1_900)).toBe(1500);
    expect(flowsAgainAfter(twice, 500, 2_100)).toBe(3100);
  });
});

describe('the first of it', () => {
  it('is a decoded frame, or sound that is to be heard', () => {
    expect(firstAfter(flow('video', [...times(3, undefined), picture]), 0)).toBe(300);
    expect(firstAfter(flow('audio', [{ audioPackets: 5 }, voice]), 0)).toBe(100);
    expect(firstAfter(flow('audio', times(5, { audioPackets: 5 })), 0)).toBeUndefined();
  });
});

describe('widthChanges', () => {
  it('counts each change within the time, and not what was not decoded', () => {
    const widths = [320, 320, 0, 320, 640, 640, 320];
    const { samples } = flow(
      'video',
      widths.map((width) => ({ videoFrames: width > 0 ? 1 : 0, width })),
    );
    expect(widthChanges(samples, 'Ben', 0, 1000)).toBe(2);
    expect(widthChanges(samples, 'Ben', 0, 500)).toBe(1);
  });
});
