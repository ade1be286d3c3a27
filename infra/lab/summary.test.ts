import { describe, expect, it } from '@jest/globals';
import { rowsOf, summarize } from './summary.ts';

const timed = (ms: number | undefined, ok: boolean) => ({
  what: 'media again',
  aim: '≤ 5.0 s',
  measured: ms === undefined ? 'never' : `${ms} ms`,
  ok,
  ms,
});

describe('the summary of several runs', () => {
  it('has the middle and the longest of each time, and what was missed', () => {
    const summary = summarize([[timed(1_000, true)], [timed(7_000, false)], [timed(2_000, true)]]);
    expect(summary).toEqual([
      {
        what: 'media again',
        aim: '≤ 5.0 s',
        measurements: 3,
        missed: 1,
        p50Ms: 2_000,
        worstMs: 7_000,
        misses: ['7000 ms'],
      },
    ]);
    expect(rowsOf(summary)).toEqual([
      {
        what: 'media again',
        aim: '≤ 5.0 s',
        measured: '3 times, 1 missed; p50 2.0 s, longest 7.0 s',
        ok: false,
      },
    ]);
  });

  it('puts together what one run has several of', () => {
    expect(summarize([[timed(1_000, true), timed(3_000, true)], [timed(2_000, true)]])).toMatchObject([
      { measurements: 3, missed: 0, p50Ms: 2_000, worstMs: 3_000 },
    ]);
  });

  it('says nothing of times where there is none, keeps apart what only some runs have, and leaves out what is only told', () => {
    const path = { what: 'path', aim: 'udp', measured: 'udp', ok: true };
    const broken = { what: 'played to the end', aim: 'yes', measured: 'an error', ok: false };
    const told = { what: 'repairs by the server', aim: '', measured: 'none', ok: undefined };
    expect(summarize([[path, told], [broken]])).toEqual([
      { what: 'path', aim: 'udp', measurements: 1, missed: 0 },
      { what: 'played to the end', aim: 'yes', measurements: 1, missed: 1, misses: ['an error'] },
    ]);
    expect(rowsOf(summarize([[timed(undefined, false)]]))[0]?.measured).toBe('1 time, 1 missed');
  });
});
