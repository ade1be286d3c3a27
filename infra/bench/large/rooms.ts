/** `rooms`: one that grows to 300, and another of 400 where few speak; everybody publishes and looks at nine tiles. */
import type { BandwidthEstimation } from '../../load/media/subscriber.ts';
import { writeResult } from '../report.ts';
import { printTable, type Row } from '../table.ts';
import { openHall, PAGE, PEOPLE, VOICES } from './hall.ts';
import { plotLines } from './plot.ts';
import { generatorRow, measureWindow, type Window } from './window.ts';

const GROWTH = [PEOPLE / 6, PEOPLE / 3, (PEOPLE * 2) / 3, PEOPLE].map(Math.round);
/** The room of those who tell the server their bandwidth, as browsers do; feedback costs the crowd too. */
const SMALLEST = Math.round(PEOPLE / 6);
const QUIET = Math.round((PEOPLE * 4) / 3);
/** Longer than hidden tiles linger: everybody has just turned the page. */
const GROWTH_SECONDS = 20;
const STEADY_SECONDS = 60;

interface Step {
  participants: number;
  consumers: number;
  pipes: number;
  window: Window;
}

export async function benchRooms(): Promise<void> {
  const grown = await grow();
  const quiet = await fillAndMeasure(QUIET, 2);
  const likeBrowsers = await fillAndMeasure(SMALLEST, VOICES + 1, 'twcc', GROWTH_SECONDS);
  const steady = grown.at(-1)?.window;
  if (!steady) throw new Error('Unreachable: a room has a size');
  const rows = [
    ...aims(PEOPLE, `${VOICES + 1} speak`, steady),
    ...aims(QUIET, '2 speak', quiet),
    growthRow(grown),
    twccRow(likeBrowsers),
  ];
  const file = await writeResult('rooms', {
    what: 'everybody publishes 3 simulcast layers and Opus, looks at 9 tiles, hears 5; no bandwidth estimation, as in the trial of the engine',
    growth: grown,
    quiet,
    likeBrowsers,
    rows,
  });
  const plot = await plotLines('rooms-consumers', {
    title: 'Consumers in a room where everybody looks at 9 tiles and hears 5',
    x: 'participants',
    y: 'consumers',
    lines: [
      { name: 'measured', points: grown.map(({ participants, consumers }) => [participants, consumers]) },
      {
        name: 'N·(9+5)',
        points: grown.map(({ participants }) => [participants, participants * (PAGE + VOICES)]),
      },
      {
        name: 'everyone sees everyone',
        points: grown
          .slice(0, 2)
          .map(({ participants }) => [participants, 2 * participants * (participants - 1)]),
      },
    ],
  });
  printTable('Rooms of hundreds', rows);
  console.log(`written to ${file} and ${plot}`);
}

async function grow(): Promise<Step[]> {
  const most = Math.max(...GROWTH);
  const hall = await openHall({ publishers: most, receivers: most });
  const steps: Step[] = [];
  try {
    for (const participants of GROWTH) {
      const present = hall.crowd.participants.length;
      await hall.fill(participants - present, (i) => ({ publishes: true, speaks: present + i < VOICES + 1 }));
      const window = await measureWindow(hall, participants === most ? STEADY_SECONDS : GROWTH_SECONDS);
      const [consumers, pipes] = await Promise.all([
        hall.metric('vcallpe_consumers'),
        hall.metric('vcallpe_pipes'),
      ]);
      steps.push({ participants, consumers, pipes, window });
      console.log(`${participants} participants:`, JSON.stringify({ ...window, memory: hall.memory() }));
      hall.tellProblems();
    }
    return steps;
  } finally {
    await hall.close();
  }
}

async function fillAndMeasure(
  participants: number,
  speakers: number,
  bandwidthEstimation: BandwidthEstimation = 'none',
  seconds = STEADY_SECONDS,
): Promise<Window> {
  const hall = await openHall({ publishers: participants, receivers: participants, bandwidthEstimation });
  try {
    await hall.fill(participants, (i) => ({ publishes: true, speaks: i < speakers }));
    const window = await measureWindow(hall, seconds);
    console.log(`${participants} participants:`, JSON.stringify({ ...window, memory: hall.memory() }));
    hall.tellProblems();
    return window;
  } finally {
    await hall.close();
  }
}

function aims(people: number, how: string, window: Window): Row[] {
  const name = `${people}, ${how}`;
  const { participants, troubles, tracksExpected, tracksReceived, lostPackets, latencyMs, nodeCpu } = window;
  return [
    {
      what: `${name}: who is there`,
      aim: 'all, and nobody cut off',
      measured: `${participants}, and ${troubles} joins or requests that failed`,
      ok: participants === people && troubles === 0,
    },
    {
      what: `${name}: tracks received`,
      aim: 'every one',
      measured: `${tracksReceived} of ${tracksExpected}`,
      ok: tracksReceived === tracksExpected,
    },
    { what: `${name}: residual loss`, aim: '0', measured: `${lostPackets} packets`, ok: lostPackets === 0 },
    {
      what: `${name}: latency p95`,
      aim: '≤ 60 ms',
      measured: latencyMs ? `${latencyMs.p95} ms (p50 ${latencyMs.p50})` : 'not known',
      ok: latencyMs !== undefined && latencyMs.p95 <= 60,
    },
    {
      what: `${name}: Node process`,
      aim: '≤ 10 % of a core',
      measured: `${(nodeCpu * 100).toFixed(1)} %`,
      ok: nodeCpu <= 0.1,
    },
    {
      what: `${name}: freezes`,
      aim: 'told',
      measured: `${window.freezes}, and ${window.lateTiles} tiles that took more than 1.5 s to begin`,
      ok: undefined,
    },
    generatorRow(`${name}: `, window),
  ];
}

function twccRow({ participants, tracksReceived, tracksExpected, lostPackets, ...window }: Window): Row {
  return {
    what: `${participants} with bandwidth estimation, as browsers have it`,
    aim: 'told',
    measured:
      `${tracksReceived} of ${tracksExpected} tracks, ${lostPackets} packets lost, p95 ${window.latencyMs?.p95} ms, ` +
      `${window.cpuPerPacketUs} µs for each packet, Node ${(window.nodeCpu * 100).toFixed(1)} %`,
    ok: undefined,
  };
}

function growthRow(steps: readonly Step[]): Row {
  const each = steps.map(({ participants, consumers }) => (consumers / participants).toFixed(1));
  const most = PAGE + VOICES;
  return {
    what: `consumers for each participant at ${steps.map(({ participants }) => participants).join(', ')}`,
    aim: `flat, about ${most}`,
    measured: each.join(', '),
    // Microphones that are kept ready are at most K more.
    ok: each.every((count) => Number(count) <= most + VOICES),
  };
}
