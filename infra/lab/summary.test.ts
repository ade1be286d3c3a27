import { describe, expect, it } from '@jest/globals';
import { summarize } from './summary.ts';

const timed = (ms: number | undefined, ok: boolean) => ({
  what: 'media again',
  aim: '≤ 5.0 s',
  measured: '',
  ok,
  ms,
});

describe('the summary of several runs', () => {
  it('has the middle and the longest of each time, and counts what was missed', () => {
    expect(summarize([[timed(1_000, true)], [timed(7_000, false)], [timed(2_000, true)]])).toEqual([
      {
        what: 'media again',
        aim: '≤ 5.0 s',
        measured: '3 runs, 1 missed; p50 2.0 s, longest 7.0 s',
        ok: false,
      },
    ]);
  });

  it('says nothing of times where there is none, and keeps apart what only some runs have', () => {
    const path = { what: 'path', aim: 'udp', measured: 'udp', ok: true };
    const broken = { what: 'played to the end', aim: 'yes', measured: 'an error', ok: false };
    expect(summarize([[path], [broken]]).map(({ measured }) => measured)).toEqual([
      '1 run, 0 missed',
      '1 run, 1 missed',
    ]);
    expect(summarize([[timed(undefined, false)]])[0]?.measured).toBe('1 run, 1 missed');
  });
});
