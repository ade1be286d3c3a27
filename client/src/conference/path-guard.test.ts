import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { types } from 'mediasoup-client';
import { PathGuard } from './path-guard.ts';
import { RoundTrip } from './round-trip.ts';
import type { StatsEntry, StatsReports } from './stats.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** One pair, over UDP, with what the browser tells of it. */
const reports = (pair: Partial<StatsEntry>): StatsReports =>
  new Map<string, StatsEntry>([
    ['L', { type: 'local-candidate', candidateType: 'host', protocol: 'udp' }],
    ['P', { type: 'candidate-pair', state: 'succeeded', nominated: true, localCandidateId: 'L', ...pair }],
  ]);

/** A guard of a connected transport whose browser tells `stats`, looked at every 400 ms. */
function guarded(stats: { now: Partial<StatsEntry> }, { due = true, roundTripMs = 20 } = {}) {
  const roundTrip = new RoundTrip();
  roundTrip.add(roundTripMs);
  const transport = Object.assign(new EventEmitter(), {
    observer: new EventEmitter(),
    connectionState: 'connected',
    getStats: async () => reports(stats.now),
  });
  const counted = { suspected: 0, dead: 0 };
  const guard = new PathGuard({
    transport: transport as unknown as types.Transport,
    expects: () => due,
    roundTrip,
    restartIce: async () => undefined,
    onSuspect: () => (counted.suspected += 1),
    onDead: () => (counted.dead += 1),
  });
  /** @param perLook what happens to the counters before each */
  const run = async (ms: number, perLook: () => void = () => undefined) => {
    for (let since = 0; since < ms; since += 400) {
      perLook();
      guard.look(reports(stats.now), performance.now());
      await jest.advanceTimersByTimeAsync(400);
    }
  };
  return { guard, counted, run };
}

describe('PathGuard', () => {
  it('believes an answered check, and nothing less where the browser tells of checks', async () => {
    const stats = { now: { bytesReceived: 0, responsesReceived: 1 } };
    const answered = guarded(stats);
    answered.guard.restart();
    await answered.run(400);
    stats.now = { bytesReceived: 0, responsesReceived: 2 };
    await answered.run(2_000);
    expect(answered.counted.dead).toBe(0);

    const unanswered = guarded(stats);
    unanswered.guard.restart();
    await unanswered.run(
      2_000,
      () => (stats.now = { ...stats.now, bytesReceived: stats.now.bytesReceived + 9 }),
    );
    expect(unanswered.counted.dead).toBe(1);
  });

  it('believes bytes where the browser tells of no checks', async () => {
    const stats = { now: { bytesReceived: 5 } };
    const alive = guarded(stats);
    alive.guard.restart();
    await alive.run(2_000, () => (stats.now = { bytesReceived: stats.now.bytesReceived + 9 }));
    expect(alive.guard.silent).toBe(false);
    expect(alive.counted.dead).toBe(0);

    const silent = guarded(stats);
    silent.guard.restart();
    await silent.run(2_000);
    expect(silent.counted.dead).toBe(1);
  });

  it('leaves a path alone on which nothing is due and the browser tells of no checks', async () => {
    const { guard, counted, run } = guarded({ now: { bytesReceived: 5 } }, { due: false });
    await run(30_000);
    guard.restart();
    await run(2_000);
    expect(counted).toEqual({ suspected: 0, dead: 0 });
  });

  it('gives a slow line the time that an answer takes there', async () => {
    const stats = { now: { bytesReceived: 0, responsesReceived: 1 } };
    const { guard, counted, run } = guarded(stats, { roundTripMs: 900 });
    guard.restart();
    await run(2_000);
    expect(counted.dead).toBe(0);
    await run(1_200);
    expect(counted.dead).toBe(1);
  });
});
