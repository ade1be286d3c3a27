import { describe, expect, it } from '@jest/globals';
import { FlowWatch } from './flow-watch.ts';

/** Samples every second: what was received in each. @returns the seconds in which it looked dead */
function watch(received: number[]): number[] {
  const flow = new FlowWatch();
  let total = 0;
  return received.flatMap((bytes, second) => {
    total += bytes;
    return flow.sample(total, second * 1000) ? [second] : [];
  });
}
const seconds = (count: number, bytes: number) => Array.from({ length: count }, () => bytes);

describe('FlowWatch', () => {
  it('sees within two seconds that a busy path went quiet', () => {
    expect(watch([...seconds(10, 500), ...seconds(3, 0)])).toEqual([10, 11, 12]);
  });

  it('leaves a path alone that is quiet by nature', () => {
    // A consent check every three seconds.
    const checks = Array.from({ length: 30 }, (_, second) => (second % 3 === 0 ? 1 : 0));
    expect(watch(checks)).toEqual([]);
  });

  it('sees that a quiet path died too, later', () => {
    expect(watch([...seconds(1, 1), ...seconds(14, 0)])[0]).toBe(9);
  });

  it('does not take a path that began to be busy a moment ago for one that died', () => {
    expect(watch([1, 0, 0, 0, 500, 500, 0, 0, 0])).toEqual([]);
  });

  it('lets a path go quiet on which nothing is due any more, until it is busy again', () => {
    const flow = new FlowWatch();
    let total = 0;
    const at = (second: number, bytes: number, expected: boolean) =>
      flow.sample((total += bytes), second * 1000, expected);
    for (let second = 0; second < 8; second += 1) at(second, 500, true);
    expect(at(8, 0, false)).toBe(false);
    expect(at(10, 0, false)).toBe(false);
    // Unmuted, and the first packet is still on its way.
    expect(at(11, 0, true)).toBe(false);
    for (let second = 12; second < 18; second += 1) expect(at(second, 500, true)).toBe(false);
    expect(at(18, 0, true)).toBe(true);
  });

  it('counts anew after something was done about it', () => {
    const flow = new FlowWatch();
    for (let second = 0; second < 8; second += 1) flow.sample(second, second * 1000);
    expect(flow.sample(7, 10_000)).toBe(true);
    flow.reset(10_000);
    expect(flow.sample(7, 11_000)).toBe(false);
  });

  it('takes a path for quiet that, after something was done, carries only consent checks', () => {
    const flow = new FlowWatch();
    for (let second = 0; second < 8; second += 1) flow.sample(second, second * 1000);
    expect(flow.sample(7, 10_000)).toBe(true);
    flow.reset(10_000);
    const checks = Array.from({ length: 20 }, (_, second) =>
      flow.sample(8 + Math.floor(second / 3), 11_000 + second * 1000),
    );
    expect(checks).not.toContain(true);
  });
});
