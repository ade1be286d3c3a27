import { describe, expect, it } from '@jest/globals';
import type { Measurement } from './measure.ts';
import { judge, medianCost, type Other, type Outcome } from './verdict.ts';

const SCENARIO = { senders: 9, receivers: 60 };

function outcome(name: string, costs: number[], round: Partial<Measurement> = {}): Outcome {
  const rounds = costs.map((cpuPerPacketUs) => ({
    cpuPerPacketUs,
    packetsPerSecond: 75_000,
    delivered: 1,
    lost: 0,
    receiversCpu: 0.4,
    sendersCpu: 0.1,
    ...round,
  }));
  return { name, rounds };
}

const janus = (...round: [number[], Partial<Measurement>?]): Other => ({
  ...outcome('Janus', ...round),
  aim: 0.75,
});
const bare = (costs: number[]): Other => ({ ...outcome('bare mediasoup', costs), aim: 1.05 });
const marks = (own: Outcome, ...others: Other[]) => judge(SCENARIO, own, others).map(({ ok }) => ok);

describe('medianCost', () => {
  it('is not moved by one bad round', () => {
    expect(medianCost(outcome('a', [5, 50, 6]))).toBe(6);
    expect(medianCost(outcome('a', []))).toBeUndefined();
  });
});

describe('judge', () => {
  it('holds VCallPe against each other SFU', () => {
    const own = outcome('VCallPe', [6]);
    expect(judge(SCENARIO, own, [janus([8]), bare([5.8])])).toMatchObject([
      { what: '9 × 60, against Janus', aim: '≤ 0.75 ×', measured: '0.75 × (6.00 µs, 8.00 µs)', ok: true },
      { aim: '≤ 1.05 ×', ok: true },
      { measured: '100.00 %', ok: true },
      { measured: '0', ok: true },
      { measured: '0.40 cores', ok: true },
    ]);
    expect(marks(own, janus([7.9]))).toEqual([false, true, true, true]);
    expect(marks(own, bare([5.7]))).toEqual([false, true, true, true]);
  });

  it('says why there is no comparison', () => {
    const [row] = judge(SCENARIO, outcome('VCallPe', [6]), [{ ...janus([]), skipped: 'no compiler' }]);
    expect(row).toMatchObject({ measured: 'left out: no compiler', ok: undefined });
  });

  it('distrusts rounds in which packets were missing, or the load was busy', () => {
    const own = outcome('VCallPe', [6]);
    expect(marks(own, janus([9], { lost: 1 }))).toEqual([true, true, false, true]);
    expect(marks(own, janus([9], { delivered: 0.98 }))).toEqual([true, false, true, true]);
    expect(marks(own, janus([9], { receiversCpu: 0.9 }))).toEqual([true, true, true, false]);
  });
});
