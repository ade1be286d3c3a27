import { describe, expect, it } from '@jest/globals';
import { FrameFlow } from './frame-flow.ts';

const VIDEO = 90_000;
const AUDIO = 48_000;

/** Frames that come exactly when they were captured. @param times ms */
function feed(flow: FrameFlow, clockRate: number, times: number[], latenessMs = 0): void {
  for (const ms of times) flow.frame(((ms * clockRate) / 1000) >>> 0, ms + latenessMs);
}

const every = (stepMs: number, fromMs: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => fromMs + i * stepMs);

describe('FrameFlow', () => {
  it('sees no freeze in a steady flow', () => {
    const flow = new FrameFlow(VIDEO, false);
    feed(flow, VIDEO, every(40, 0, 100));
    expect(flow).toMatchObject({ freezes: 0, longestGapMs: 40, jitter: 0 });
  });

  it('counts a gap longer than 150 ms, and one that is open', () => {
    const flow = new FrameFlow(VIDEO, false);
    feed(flow, VIDEO, [...every(40, 0, 10), 520, ...every(40, 560, 5)]);
    expect(flow).toMatchObject({ freezes: 1, longestGapMs: 160 });
    expect(flow.isFreeze(flow.openGapMs(720 + 100))).toBe(false);
    expect(flow.isFreeze(flow.openGapMs(720 + 151))).toBe(true);
  });

  it('allows a slow stream three of its intervals', () => {
    const flow = new FrameFlow(VIDEO, false);
    feed(flow, VIDEO, [...every(200, 0, 20), 3800 + 590]);
    expect(flow.freezes).toBe(0);
    feed(flow, VIDEO, [4390 + 1300]);
    expect(flow.freezes).toBe(1);
  });

  it('counts frames that come late though none is missing', () => {
    const flow = new FrameFlow(VIDEO, false);
    feed(flow, VIDEO, every(40, 0, 10));
    feed(flow, VIDEO, every(40, 400, 10), 300);
    expect(flow.freezes).toBe(1);
  });

  it('passes over late packets of earlier frames', () => {
    const flow = new FrameFlow(VIDEO, false);
    feed(flow, VIDEO, [0, 40, 80]);
    flow.frame(40 * 90, 100);
    feed(flow, VIDEO, [120]);
    expect(flow).toMatchObject({ freezes: 0, longestGapMs: 40 });
  });

  it('goes on after the clock of the sender has jumped back', () => {
    const flow = new FrameFlow(VIDEO, false);
    feed(flow, VIDEO, [100_000, 100_040]);
    feed(flow, VIDEO, every(40, 0, 5), 100_080);
    expect(flow.openGapMs(100_080 + 160)).toBe(0);
    expect(flow.freezes).toBe(0);
  });

  it('follows timestamps over their wrap', () => {
    const flow = new FrameFlow(VIDEO, false);
    flow.frame(2 ** 32 - 1800, 0);
    flow.frame(1800, 40);
    expect(flow).toMatchObject({ longestGapMs: 40, jitter: 0 });
  });

  it('takes the silence of DTX for none, but late audio for one', () => {
    const flow = new FrameFlow(AUDIO, true);
    feed(flow, AUDIO, [...every(20, 0, 10), ...every(400, 600, 3), ...every(20, 1800, 5)]);
    expect(flow).toMatchObject({ freezes: 0, longestGapMs: 0 });
    expect(flow.openGapMs(10_000)).toBe(0);
    feed(flow, AUDIO, [1900], 200);
    expect(flow.freezes).toBe(1);
  });

  it('counts no gap that is on purpose', () => {
    const flow = new FrameFlow(VIDEO, false);
    feed(flow, VIDEO, every(40, 0, 10));
    flow.interrupt();
    expect(flow.openGapMs(5000)).toBe(0);
    feed(flow, VIDEO, every(40, 9000, 10));
    expect(flow).toMatchObject({ freezes: 0, longestGapMs: 40 });
  });
});
