/** What a run came to: an exit code, and the reasons for it in plain words. Pure. */
import type { Tally } from './crowd.ts';
import { lossPercent, type Measurement } from './measure.ts';

export interface Limits {
  /** Of packets that never came. */
  lossPercent: number;
  /** Of all streams together, within the window. */
  freezes: number;
  /** Of each of our own processes; beyond these the generator itself is what was measured. */
  generator: { loopP99Ms: number; loopMaxMs: number; cpuPercent: number };
}

/**
 * A loop that is later than this is seen in latency, one that once stood still for so long in freezes; a core used more than
 * this has no time for bursts.
 */
export const GENERATOR_LIMITS: Limits['generator'] = { loopP99Ms: 30, loopMaxMs: 250, cpuPercent: 85 };
/** A loop that stood still for longer, ms, may have let the server's patience with its paths run out: see ICE consent. */
const CONSENT_IN_DANGER_MS = 9_000;

export const EXIT = { ok: 0, failed: 1, usage: 2, tooSlow: 3 } as const;

export interface Verdict {
  exitCode: 0 | 1 | 3;
  /** Why the generator can't tell; when there are any, what the others say may be its own doing. */
  generator: string[];
  /** What the service did not do. */
  service: string[];
}

export interface Outcome {
  joined: number;
  joinFailures: Tally;
  lost: Tally;
  problems: Tally;
  measurement: Measurement;
}

export function judge(outcome: Outcome, limits: Limits): Verdict {
  const generator = generatorReasons(outcome.measurement, limits);
  const service = serviceReasons(outcome, limits);
  if (generator.length > 0) return { exitCode: EXIT.tooSlow, generator, service };
  return { exitCode: service.length > 0 ? EXIT.failed : EXIT.ok, generator, service };
}

function generatorReasons(
  { processes, authFailures, total }: Measurement,
  { generator: limits, lossPercent: mostLost }: Limits,
): string[] {
  const reasons: string[] = [];
  for (const { name, loopP99Ms, loopMaxMs, cpuPercent } of processes) {
    if (loopP99Ms > limits.loopP99Ms) {
      const late = loopP99Ms.toFixed(0);
      reasons.push(`${name}: its event loop was late by ${late} ms (p99), more than ${limits.loopP99Ms} ms`);
    }
    if (loopMaxMs > limits.loopMaxMs) {
      const consent = loopMaxMs > CONSENT_IN_DANGER_MS ? ', so that its ICE consent may have run out' : '';
      reasons.push(
        `${name}: its event loop stood still for ${loopMaxMs.toFixed(0)} ms, more than ${limits.loopMaxMs} ms${consent}`,
      );
    }
    if (cpuPercent > limits.cpuPercent) {
      const used = cpuPercent.toFixed(0);
      reasons.push(`${name}: it used ${used} % of a core, more than ${limits.cpuPercent} %`);
    }
  }
  const dropped = processes.reduce((all, { droppedPackets }) => all + droppedPackets, 0);
  const droppedPercent = total.expectedPackets > 0 ? (dropped / total.expectedPackets) * 100 : 0;
  if (droppedPercent > mostLost) {
    reasons.push(
      `${dropped} packets, ${droppedPercent.toFixed(3)} %, reached this machine and found its sockets full, more than ${mostLost} %`,
    );
  }
  if (authFailures > 0) reasons.push(`${authFailures} packets could not be authenticated`);
  return reasons;
}

function serviceReasons(
  { joined, joinFailures, lost, problems, measurement }: Outcome,
  limits: Limits,
): string[] {
  const { total } = measurement;
  const reasons: string[] = [];
  const failed = sum(joinFailures);
  if (failed > 0) reasons.push(`${failed} of ${joined + failed} joins failed (${tallyText(joinFailures)})`);
  if (sum(lost) > 0) reasons.push(`${sum(lost)} participants were cut off (${tallyText(lost)})`);
  if (sum(problems) > 0) reasons.push(`${sum(problems)} requests failed (${tallyText(problems)})`);
  for (const kind of ['video', 'audio'] as const) {
    const { expected, received } = total[kind];
    if (received < expected) {
      reasons.push(
        `${expected - received} of ${expected} expected ${kind} tracks are missing${example(measurement, kind)}`,
      );
    }
  }
  const loss = lossPercent(total);
  if (loss > limits.lossPercent) {
    reasons.push(`${loss.toFixed(3)} % of packets never came, more than ${limits.lossPercent} %`);
  }
  if (total.freezes > limits.freezes) {
    reasons.push(
      `${total.freezes} freezes, more than ${limits.freezes}; the longest gap was ${total.longestGapMs.toFixed(0)} ms`,
    );
  }
  return reasons;
}

function example({ participants }: Measurement, kind: 'video' | 'audio'): string {
  const who = participants.find((participant) => participant[kind].missing.length > 0);
  return who ? `, such as for ${who.name} the ${who[kind].missing[0]}` : '';
}

function sum(tally: Tally): number {
  return Object.values(tally).reduce((total, count) => total + count, 0);
}

/** `ROOM_FULL 3, TIMEOUT 1` */
export function tallyText(tally: Tally): string {
  return Object.entries(tally)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${code} ${count}`)
    .join(', ');
}
