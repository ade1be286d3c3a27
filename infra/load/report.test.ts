import { describe, expect, it } from '@jest/globals';
import { addSent, type ParticipantReception } from './measure.ts';
import { formatReport, joinQuantiles, worst, type RunReport } from './report.ts';

function participant(name: string, changed: Partial<ParticipantReception> = {}): ParticipantReception {
  return {
    name,
    left: false,
    video: { expected: 9, received: 9, missing: [] },
    audio: { expected: 3, received: 3, missing: [] },
    packets: 12_345,
    bytes: 12_500_000,
    expectedPackets: 12_345,
    lostPackets: 0,
    repairedPackets: 0,
    freezes: 0,
    longestGapMs: 100,
    latency: { p50Ms: 1.23, p95Ms: 14.2, p99Ms: 20 },
    ...changed,
  };
}

const well = participant('Load 1');
const frozen = participant('Load 2', { freezes: 2 });
const lossy = participant('Load 3', { lostPackets: 5 });
const blind = participant('Load 4', { video: { expected: 9, received: 8, missing: ['video of Load 9'] } });
const slow = participant('Load 5', { latency: { p50Ms: 5, p95Ms: 80, p99Ms: 90 }, left: true });

const report: RunReport = {
  url: 'http://localhost:3000',
  room: 'tam-rilo-bek',
  at: 0,
  ...joinQuantiles([
    { joinMs: 40, allTilesMs: 200 },
    { joinMs: 60, allTilesMs: undefined },
  ]),
  joinFailures: { ROOM_FULL: 2 },
  rateLimited: { requests: 4, longestWaitMs: 30_000 },
  lost: {},
  moves: 0,
  lateTiles: 3,
  problems: {},
  measurement: {
    seconds: 10,
    participants: [well, frozen, lossy, blind, slow],
    total: { ...well, lostPackets: 1_234, freezes: 2 },
    sent: { ...addSent([]), videoPackets: 1_000, videoBytes: 1_250_000, sendFailures: 7 },
    authFailures: 0,
    processes: [
      {
        name: 'receivers 1',
        cpuPercent: 43.4,
        loopP99Ms: 2.34,
        loopMaxMs: 61.4,
        droppedPackets: 12,
        residentBytes: 100 * 2 ** 20,
      },
    ],
  },
  verdict: { exitCode: 1, generator: [], service: ['2 of 4 joins failed (ROOM_FULL 2)'] },
};

describe('those who fared worst', () => {
  it('are those with missing tracks, then freezes, loss, latency', () => {
    const names = worst([well, slow, lossy, frozen, blind]).map(({ name }) => name);
    expect(names).toEqual(['Load 4', 'Load 2', 'Load 3', 'Load 5', 'Load 1']);
    expect(worst([well, slow], 1)).toEqual([slow]);
  });
});

describe('the table', () => {
  const lines = formatReport(report).split('\n');
  const line = (start: string) => lines.find((each) => each.trim().startsWith(start))?.trim();

  it.each([
    ['4 participants', '4 participants in tam-rilo-bek at http://localhost:3000, 10.0 s'],
    ['joins', 'joins             2; p50 40 ms, p95 60 ms, longest 60 ms'],
    ['changed worker', 'changed worker    0'],
    ['failures', 'failures        2: ROOM_FULL 2'],
    ['rate limited', 'rate limited    4 requests were put off and repeated, by up to 30 s each'],
    ['join → all', 'join → all tiles  1; p50 200 ms, p95 200 ms, longest 200 ms'],
    ['video tracks', 'video tracks      9 of 9 expected'],
    ['received', 'received          12,345 packets, 1,235 a second, 10.0 Mbit/s'],
    ['late tiles', 'late tiles        3 took more than 1.5 s to begin'],
    ['sent', 'sent              100 a second, 1.0 Mbit/s; 7 packets could not be sent'],
    ['loss', 'loss              9.996 %: 1,234 packets never came'],
    ['latency', 'latency           p50 1.2 ms, p95 14 ms, p99 20 ms from capture to arrival'],
    ['Load 4', 'Load 4         8/9    3/3    0.000 %  0         0        14 ms'],
    ['Load 5', 'Load 5 (left)  9/9    3/3    0.000 %  0         0        80 ms'],
    ['receivers', 'receivers 1  43 %            2.3 ms          61 ms    12 packets         100 MB'],
  ])('has a row for %s', (start, expected) => {
    expect(line(start)).toBe(expected);
  });

  it('says where the others are, when not all participants are shown', () => {
    expect(lines).toContain('worst participants');
    const { measurement } = report;
    const more = { ...measurement, participants: [well, ...measurement.participants] };
    expect(formatReport({ ...report, measurement: more })).toContain(
      '\nworst participants, 5 of 6; --json has all\n',
    );
  });

  it('ends with the verdict', () => {
    expect(lines.slice(-2)).toEqual([
      '✗ The service did not hold up:',
      '  2 of 4 joins failed (ROOM_FULL 2)',
    ]);
    const tooSlow = formatReport({
      ...report,
      verdict: { exitCode: 3, generator: ['senders 1: it used 90 % of a core'], service: ['9 freezes'] },
    });
    expect(tooSlow).toContain(
      '✗ This machine was too slow to tell: the load tester was itself the bottleneck.',
    );
    expect(tooSlow).toContain('senders 1: it used 90 % of a core');
    expect(tooSlow).toContain('may be its own doing:\n  9 freezes');
    expect(formatReport({ ...report, verdict: { exitCode: 0, generator: [], service: [] } })).toMatch(
      /✓ Every expected/,
    );
  });
});
