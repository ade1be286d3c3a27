/**
 * 500 people come and go while one in Chromium stays, and another one who sends. What the browser and the server hold
 * must not grow with everyone who was ever there, and the one who stays must not miss a picture or a sound.
 */
import { join } from 'node:path';
import { Participant } from '../../browser/participant.ts';
import { Assistant } from '../assistant.ts';
import { watchConnections } from '../browser/connections.ts';
import { residentBytes } from '../process-usage.ts';
import { writeResult } from '../report.ts';
import { startVcallpe, type RunningVcallpe } from '../rivals/vcallpe.ts';
import { printTable, type Row } from '../table.ts';
import { Collector } from './collect-garbage.ts';
import { growthOf } from './steadiness.ts';
import type { VisitorMethods } from './visitors.ts';
import { StayerWatch, type Seen } from './watch-stayer.ts';

const VISITS = 500;
const SAMPLE_EVERY = 25;
/** In the room at a time. */
const TOGETHER = 5;

const STAYER = 'Mia';
const SENDER = 'Ben';
const TONE_HZ = 440;

/** Of the level after warm-up: noise of a heap or a sawtooth of reuse fits, one unit for each visitor does not. */
const FLAT = 1.1;
/** A camera of 10 pictures a second may be late by this much, ms. */
const GAP_LIMIT_MS = 500;

interface Sample extends Seen {
  visits: number;
  /** Resident memory, of Node after its garbage is collected. What one of them gains another must not hide. */
  sfuNodeBytes: number;
  sfuHeapBytes: number;
  workersBytes: number;
}

export async function benchChurn(): Promise<void> {
  // Two workers, so that what is piped between them comes and goes too.
  const sfu = await startVcallpe({ WORKERS: '2' });
  const ends: (() => Promise<unknown>)[] = [sfu.stop];
  try {
    const { url, roomCode } = sfu.entry;
    const link = `${url}/r/${roomCode}`;
    const sender = await Participant.open({ name: SENDER, url, tone: TONE_HZ });
    ends.push(() => sender.close());
    await sender.join(link);
    const stayer = await Participant.open({ name: STAYER, url });
    ends.push(() => stayer.close());
    await watchConnections(stayer.page);
    await stayer.join(link);
    await stayer.seesMoving(SENDER);
    await stayer.hears(SENDER, TONE_HZ);

    const visitors = new Assistant<VisitorMethods>(
      'The process of the visitors',
      join(import.meta.dirname, 'visitors.ts'),
    );
    ends.push(() => visitors.stop());
    await visitors.ask('open', { url, roomCode });
    const [sfuNode] = sfu.nodePids;
    if (sfuNode === undefined) throw new Error('The SFU has no Node process');
    const collector = await Collector.open(sfuNode);
    ends.push(async () => collector.close());
    const samples = await sampleVisits(sfu, visitors, await StayerWatch.begin(stayer, SENDER), collector);

    const rows = judge(samples);
    const file = await writeResult('churn', {
      what: `${VISITS} joins and leaves, ${TOGETHER} at a time, against one Chromium participant that stays`,
      samples,
      pageErrors: stayer.errors,
      rows,
    });
    printTable(`${VISITS} joins and leaves`, rows);
    console.log(`written to ${file}`);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function sampleVisits(
  sfu: RunningVcallpe,
  visitors: Assistant<VisitorMethods>,
  watch: StayerWatch,
  collector: Collector,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let visits = 0; visits < VISITS;) {
    await visitors.ask('visit', { first: visits, count: TOGETHER });
    visits += TOGETHER;
    await watch.glance();
    if (visits % SAMPLE_EVERY !== 0) continue;
    const seen = await watch.look();
    await collector.collect();
    const sample = {
      visits,
      ...seen,
      sfuHeapBytes: await collector.heapBytes(),
      sfuNodeBytes: residentBytes(sfu.nodePids),
      workersBytes: residentBytes(sfu.workerPids),
    };
    samples.push(sample);
    console.log(describe(sample));
  }
  return samples;
}

function judge(samples: readonly Sample[]): Row[] {
  const flat = (what: string, key: keyof Sample, show: (value: number) => string): Row => {
    const { early, late, ratio } = growthOf(samples.map((sample) => sample[key]));
    return {
      what,
      aim: `≤ ${FLAT} ×`,
      measured: `${ratio.toFixed(2)} × (${show(early)} → ${show(late)})`,
      ok: ratio <= FLAT,
    };
  };
  const longestGapMs = Math.max(...samples.map((sample) => sample.longestGapMs));
  const silent = samples.filter(({ audioEnergy }, i) => audioEnergy === samples[i - 1]?.audioEnergy);
  return [
    flat('length of the remote descriptions, at most', 'remoteSdpLength', (value) => `${value} characters`),
    flat('transceivers, at most', 'transceivers', String),
    flat('JavaScript heap of the page', 'heapBytes', megabytes),
    flat("memory of the SFU's Node process, after collection", 'sfuNodeBytes', megabytes),
    flat('JavaScript heap of that process', 'sfuHeapBytes', megabytes),
    flat('memory of its workers', 'workersBytes', megabytes),
    {
      what: 'longest time without a new picture of who stays',
      aim: `≤ ${GAP_LIMIT_MS} ms`,
      measured: `${Math.round(longestGapMs)} ms`,
      ok: longestGapMs <= GAP_LIMIT_MS,
    },
    {
      what: `intervals in which nothing was heard of who stays`,
      aim: '0',
      measured: String(silent.length),
      ok: silent.length === 0,
    },
  ];
}

function describe({ visits, remoteSdpLength, transceivers, heapBytes, ...seen }: Sample): string {
  return [
    `${visits} visits`,
    `SDP ${remoteSdpLength}`,
    `${transceivers} transceivers`,
    `heap ${megabytes(heapBytes)}`,
    `SFU ${megabytes(seen.sfuNodeBytes)} + ${megabytes(seen.workersBytes)}`,
    `${seen.framesDecoded} pictures`,
    `longest gap ${Math.round(seen.longestGapMs)} ms`,
  ].join(', ');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
