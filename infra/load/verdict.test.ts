import { describe, expect, it } from '@jest/globals';
import { addSent, type Measurement, type Reception } from './measure.ts';
import { GENERATOR_LIMITS, judge, tallyText, type Outcome } from './verdict.ts';

const LIMITS = { lossPercent: 0.1, freezes: 2, generator: GENERATOR_LIMITS };

const reception: Reception = {
  video: { expected: 4, received: 4, missing: [] },
  audio: { expected: 2, received: 2, missing: [] },
  packets: 1_000,
  bytes: 1_000_000,
  expectedPackets: 1_000,
  lostPackets: 0,
  repairedPackets: 3,
  freezes: 0,
  longestGapMs: 90,
  latency: { p50Ms: 1, p95Ms: 2, p99Ms: 3 },
};
const usage = {
  name: 'receivers 1',
  cpuPercent: 40,
  loopP99Ms: 3,
  loopMaxMs: 90,
  droppedPackets: 0,
  residentBytes: 1e8,
};

function outcome(changed: Partial<Measurement> = {}, others: Partial<Outcome> = {}): Outcome {
  const measurement: Measurement = {
    seconds: 30,
    participants: [{ ...reception, name: 'Load 1', left: false }],
    total: reception,
    sent: addSent([]),
    authFailures: 0,
    processes: [usage],
    ...changed,
  };
  return { joined: 2, joinFailures: {}, lost: {}, problems: {}, measurement, ...others };
}

const total = (changed: Partial<Reception>) => outcome({ total: { ...reception, ...changed } });

describe('the verdict', () => {
  it('is 0 when all is well, at the limits too', () => {
    const atLimits = total({ lostPackets: 1, freezes: 2 });
    expect(judge(atLimits, LIMITS)).toEqual({ exitCode: 0, generator: [], service: [] });
  });

  const missing = ['video of Load 7'];
  it.each([
    [
      'a missing video',
      total({ video: { expected: 4, received: 3, missing } }),
      '1 of 4 expected video tracks',
    ],
    [
      'a missing voice',
      total({ audio: { expected: 2, received: 0, missing } }),
      '2 of 2 expected audio tracks',
    ],
    ['loss', total({ lostPackets: 2 }), '0.200 % of packets never came, more than 0.1 %'],
    ['freezes', total({ freezes: 3 }), '3 freezes, more than 2'],
    ['failed joins', outcome({}, { joinFailures: { ROOM_FULL: 2 } }), '2 of 4 joins failed (ROOM_FULL 2)'],
    [
      'lost connections',
      outcome({}, { lost: { workerDied: 1 } }),
      '1 participants were cut off (workerDied 1)',
    ],
    ['refused requests', outcome({}, { problems: { TIMEOUT: 1 } }), '1 requests failed (TIMEOUT 1)'],
  ])('is 1 for %s, and says so', (_what, bad, reason) => {
    const verdict = judge(bad, LIMITS);
    expect(verdict.exitCode).toBe(1);
    expect(verdict.service).toHaveLength(1);
    expect(verdict.service[0]).toContain(reason);
  });

  it('names somebody who misses a track', () => {
    const participant = { ...reception, name: 'Load 1', left: false };
    const who = { ...participant, video: { expected: 1, received: 0, missing } };
    const bad = outcome({ total: { ...reception, video: who.video }, participants: [participant, who] });
    expect(judge(bad, LIMITS).service[0]).toContain('for Load 1 the video of Load 7');
  });

  it.each([
    [
      'a late event loop',
      { processes: [{ ...usage, loopP99Ms: 31 }] },
      'receivers 1: its event loop was late by 31 ms',
    ],
    [
      'an event loop that stood still once',
      { processes: [{ ...usage, loopMaxMs: 500 }] },
      'receivers 1: its event loop stood still for 500 ms, more than 250 ms',
    ],
    [
      'a standstill as long as consent lasts',
      { processes: [{ ...usage, loopMaxMs: 10_000 }] },
      'its ICE consent may have run out',
    ],
    [
      'sockets that were full',
      { processes: [{ ...usage, droppedPackets: 2 }] },
      '2 packets, 0.200 %, reached this machine and found its sockets full',
    ],
    [
      'a busy process',
      { processes: [usage, { ...usage, cpuPercent: 86 }] },
      'receivers 1: it used 86 % of a core',
    ],
    ['packets that are not authentic', { authFailures: 1 }, '1 packets could not be authenticated'],
  ])('is 3 for %s, whatever else went wrong', (_what, changed, reason) => {
    const verdict = judge(outcome({ ...changed, total: { ...reception, freezes: 9 } }), LIMITS);
    expect(verdict.exitCode).toBe(3);
    expect(verdict.generator[0]).toContain(reason);
    expect(verdict.service).toHaveLength(1);
  });

  it('tells the commonest code first', () => {
    expect(tallyText({ TIMEOUT: 1, ROOM_FULL: 3 })).toBe('ROOM_FULL 3, TIMEOUT 1');
  });
});
