/** What happens in a room within a window of time: what everybody receives, and what the SFU spends. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Crowd } from '../../load/crowd.ts';
import { lossPercent, type Measurement } from '../../load/measure.ts';
import { GENERATOR_LIMITS } from '../../load/verdict.ts';
import type { Row } from '../table.ts';
import type { Hall, SfuCpu } from './hall.ts';

export interface Window {
  seconds: number;
  participants: number;
  /** Since the hall was opened: who could not come in or was cut off, and requests that were refused. */
  troubles: number;
  /** Since the hall was opened: tiles that took so long to begin that a client tells the server. */
  lateTiles: number;
  tracksExpected: number;
  tracksReceived: number;
  /** What did not come, and to how many; the most frequent first. */
  missing: string[];
  packetsPerSecond: number;
  lostPackets: number;
  repairedPackets: number;
  freezes: number;
  latencyMs: { p50: number; p95: number; p99: number } | undefined;
  /** Shares of a core. */
  nodeCpu: number;
  workersCpu: number[];
  /** CPU of workers and Node for each packet that participants received, µs. */
  cpuPerPacketUs: number;
  uploadedVideoKbpsEach: number;
  generator: {
    busiestCpu: number;
    slowestLoopMs: number;
    longestStandstillMs: number;
    droppedPackets: number;
    trusted: boolean;
  };
  lossPercent: number;
}

export async function measureWindow(hall: Hall, seconds: number): Promise<Window> {
  await hall.crowd.beginWindow();
  const before = hall.cpu();
  const startedAt = performance.now();
  await delay(seconds * 1000);
  const elapsed = (performance.now() - startedAt) / 1000;
  const after = hall.cpu();
  const window = windowOf(await hall.crowd.measure(), { before, after, elapsed });
  return { ...window, troubles: troublesOf(hall.crowd), lateTiles: hall.crowd.lateTiles };
}

/** Everything that went wrong for somebody. */
export function troublesOf({ joinFailures, lost, problems }: Crowd): number {
  return [joinFailures, lost, problems].flatMap(Object.values).reduce((sum, count) => sum + count, 0);
}

function windowOf(
  measured: Measurement,
  { before, after, elapsed }: { before: SfuCpu; after: SfuCpu; elapsed: number },
): Omit<Window, 'troubles' | 'lateTiles'> {
  const { total, participants, processes, sent } = measured;
  const node = after.node - before.node;
  const workers = after.workers.map((cpu, i) => cpu - (before.workers[i] ?? 0));
  const spent = workers.reduce((sum, cpu) => sum + cpu, node);
  const busiestCpu = Math.max(...processes.map(({ cpuPercent }) => cpuPercent / 100));
  const slowestLoopMs = Math.max(...processes.map(({ loopP99Ms }) => loopP99Ms));
  const longestStandstillMs = Math.max(...processes.map(({ loopMaxMs }) => loopMaxMs));
  const { latency } = total;
  return {
    seconds: round(elapsed),
    participants: participants.length,
    tracksExpected: total.video.expected + total.audio.expected,
    tracksReceived: total.video.received + total.audio.received,
    missing: countMissing(measured),
    packetsPerSecond: Math.round(total.packets / elapsed),
    lostPackets: total.lostPackets,
    repairedPackets: total.repairedPackets,
    freezes: total.freezes,
    latencyMs: latency && { p50: round(latency.p50Ms), p95: round(latency.p95Ms), p99: round(latency.p99Ms) },
    nodeCpu: round(node / elapsed, 3),
    workersCpu: workers.map((cpu) => round(cpu / elapsed, 3)),
    cpuPerPacketUs: round((spent / total.packets) * 1e6),
    uploadedVideoKbpsEach: round((sent.videoBytes * 8) / elapsed / 1000 / participants.length),
    generator: {
      busiestCpu: round(busiestCpu, 3),
      slowestLoopMs: round(slowestLoopMs),
      longestStandstillMs: round(longestStandstillMs),
      droppedPackets: processes.reduce((sum, { droppedPackets }) => sum + droppedPackets, 0),
      trusted:
        busiestCpu * 100 <= GENERATOR_LIMITS.cpuPercent &&
        slowestLoopMs <= GENERATOR_LIMITS.loopP99Ms &&
        longestStandstillMs <= GENERATOR_LIMITS.loopMaxMs &&
        measured.authFailures === 0,
    },
    lossPercent: round(lossPercent(total), 4),
  };
}

/** Whether the crowd itself was quick enough for its figures to be the SFU's. */
export function generatorRow(name: string, { generator }: Window): Row {
  const { busiestCpu, slowestLoopMs, longestStandstillMs, droppedPackets, trusted } = generator;
  return {
    what: `${name}busiest load process`,
    aim: 'trusted',
    measured:
      `${(busiestCpu * 100).toFixed(0)} % of a core, loop p99 ${slowestLoopMs} ms, longest ${longestStandstillMs} ms` +
      (droppedPackets > 0 ? `, ${droppedPackets} packets found its sockets full` : ''),
    ok: trusted,
  };
}

/** Enough to see a pattern. */
const NAMED = 5;

function countMissing({ participants }: Measurement): string[] {
  const all = participants.flatMap(({ video, audio }) => [...video.missing, ...audio.missing]);
  return [...Map.groupBy(all, (what) => what)]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, NAMED)
    .map(([what, times]) => `${what}: ${times.length}`);
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
