/** `storm`: two thirds of a room join a running meeting at ten a second, and at forty: of 300 that is 200 in 20 s, and in 5 s. */
import { setTimeout as delay } from 'node:timers/promises';
import { quantile, writeResult } from '../report.ts';
import { printTable, type Row } from '../table.ts';
import { openHall, PEOPLE, VOICES } from './hall.ts';
import { round } from './window.ts';

/** Those who are there before. */
const PRESENT = 20;
const JOINS = Math.round((PEOPLE * 2) / 3);
/** Time that a storm takes, s, and how soon 95 of 100 are to see all nine tiles, ms. */
const STORMS = [
  { seconds: JOINS / 10, aimMs: 500 },
  { seconds: JOINS / 40, aimMs: 1000 },
];

interface Storm {
  seconds: number;
  allTilesMs: { p50: number; p95: number; max: number };
  incomplete: number;
  failures: number;
  /** Of those who were there before. */
  lostByOthers: number;
  repairedByOthers: number;
  freezesOfOthers: number;
  nodeCpuMsPerJoin: number;
  slowestLoopMs: number;
  longestStandstillMs: number;
  /** Shares of a core during the storm, so that a miss can be told from a machine that is full. */
  cpu: { sfuNode: number; workers: number; apiAndDatabase: number; crowd: number };
}

export async function benchStorm(): Promise<void> {
  const storms: Storm[] = [];
  const rows: Row[] = [];
  for (const { seconds, aimMs } of STORMS) {
    const storm = await runStorm(seconds);
    storms.push(storm);
    const name = `${JOINS} joins in ${round(seconds)} s`;
    rows.push(
      {
        what: `${name}: join → all 9 tiles, p95`,
        aim: `≤ ${aimMs} ms`,
        measured: `${storm.allTilesMs.p95} ms (p50 ${storm.allTilesMs.p50})`,
        ok: storm.allTilesMs.p95 <= aimMs && storm.incomplete === 0,
      },
      {
        what: `${name}: failures`,
        aim: '0',
        measured: `${storm.failures}, and ${storm.incomplete} without all tiles`,
        ok: storm.failures + storm.incomplete === 0,
      },
      {
        what: `${name}: packets lost by who was there`,
        aim: '0',
        measured: String(storm.lostByOthers),
        ok: storm.lostByOthers === 0,
      },
      {
        what: `${name}: freezes of who was there`,
        aim: 'told',
        measured: String(storm.freezesOfOthers),
        ok: undefined,
      },
      {
        what: `${name}: cores in use`,
        aim: 'told',
        measured: cpuText(storm),
        ok: undefined,
      },
    );
  }
  const file = await writeResult('storm', { what: `${PRESENT} present, ${JOINS} join`, storms, rows });
  printTable('Storms of joins', rows);
  console.log(`written to ${file}`);
}

function cpuText({ cpu, longestStandstillMs }: Storm): string {
  const { sfuNode, workers, apiAndDatabase, crowd } = cpu;
  const all = sfuNode + workers + apiAndDatabase + crowd;
  return (
    `${all.toFixed(2)}: crowd ${crowd.toFixed(2)}, workers ${workers.toFixed(2)}, SFU's Node ${sfuNode.toFixed(2)}, ` +
    `API and database ${apiAndDatabase.toFixed(2)}; the crowd stood still for ${longestStandstillMs} ms at most`
  );
}

async function runStorm(seconds: number): Promise<Storm> {
  const hall = await openHall({ publishers: PRESENT + JOINS, receivers: PRESENT + JOINS });
  const { crowd } = hall;
  try {
    await hall.fill(PRESENT, (i) => ({ publishes: true, speaks: i < VOICES + 1 }));
    await crowd.beginWindow();
    const before = hall.cpu();
    const startedAt = performance.now();
    const joining: Promise<unknown>[] = [];
    for (let i = 0; i < JOINS; i += 1) {
      const due = startedAt + (i * seconds * 1000) / JOINS;
      const wait = due - performance.now();
      if (wait > 0) await delay(wait);
      joining.push(crowd.join({ publishes: true, speaks: false }));
    }
    await Promise.all(joining);
    await Promise.all(crowd.participants.map(({ viewing }) => viewing.firstPage));
    const after = hall.cpu();
    const elapsed = (performance.now() - startedAt) / 1000;
    const share = (spent: number) => round(spent / elapsed, 2);
    const total = (workers: readonly number[]) => workers.reduce((sum, cpu) => sum + cpu, 0);
    const measured = await crowd.measure();
    const times = crowd.joins.slice(PRESENT).map(({ allTilesMs }) => allTilesMs);
    const complete = times.filter((ms) => ms !== undefined);
    const others = measured.participants.slice(0, PRESENT);
    const sum = (field: 'lostPackets' | 'repairedPackets' | 'freezes') =>
      others.reduce((total, each) => total + each[field], 0);
    const storm = {
      seconds,
      allTilesMs: {
        p50: Math.round(quantile(complete, 0.5)),
        p95: Math.round(quantile(complete, 0.95)),
        max: Math.round(Math.max(...complete)),
      },
      incomplete: times.length - complete.length,
      failures: JOINS - times.length,
      lostByOthers: sum('lostPackets'),
      repairedByOthers: sum('repairedPackets'),
      freezesOfOthers: sum('freezes'),
      nodeCpuMsPerJoin: round(((after.node - before.node) * 1000) / JOINS),
      slowestLoopMs: round(Math.max(...measured.processes.map(({ loopP99Ms }) => loopP99Ms))),
      longestStandstillMs: Math.round(Math.max(...measured.processes.map(({ loopMaxMs }) => loopMaxMs))),
      cpu: {
        sfuNode: share(after.node - before.node),
        workers: share(total(after.workers) - total(before.workers)),
        apiAndDatabase: share(after.rest - before.rest),
        crowd: round(total(measured.processes.map(({ cpuPercent }) => cpuPercent / 100)), 2),
      },
    };
    console.log(`${JOINS} joins in ${seconds} s:`, JSON.stringify(storm), JSON.stringify(crowd.joinFailures));
    return storm;
  } finally {
    await hall.close();
  }
}
