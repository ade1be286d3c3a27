/**
 * What it costs an SFU to forward one RTP packet: VCallPe against Janus, and against a bare mediasoup router. All get the
 * same packets from the same load, with AES-128-GCM, and have one thread for media. They take turns, so that whatever
 * else the machine does meets each of them.
 */
import { SetupError } from '../../setup/progress.ts';
import { writeResult } from '../report.ts';
import { BARE_MEDIASOUP } from '../rivals/bare.ts';
import { JANUS } from '../rivals/janus.ts';
import type { Rival } from '../rivals/sfu.ts';
import { VCALLPE } from '../rivals/vcallpe.ts';
import { printTable, type Row } from '../table.ts';
import { measure, type Measurement, type Scenario } from './measure.ts';
import { judge, medianCost, scenarioName, type Outcome } from './verdict.ts';

const ROUNDS = 3;
const WINDOW_MS = 12_000;
const SCENARIOS: Scenario[] = [
  { senders: 9, receivers: 60 },
  { senders: 1, receivers: 200 },
];

/** VCallPe's cost for a packet is to be at most so many times that of the other. */
const OTHERS = [
  { rival: JANUS, aim: 0.75 },
  { rival: BARE_MEDIASOUP, aim: 1.05 },
];

export async function benchForwarding(): Promise<void> {
  const scenarios = [];
  const rows: Row[] = [];
  for (const scenario of SCENARIOS) {
    const own = new Contestant(VCALLPE);
    const others = OTHERS.map(({ rival, aim }) => ({ contestant: new Contestant(rival), aim }));
    const contest = [own, ...others.map(({ contestant }) => contestant)];
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const contestant of contest) await contestant.run(scenario, `round ${round} of ${ROUNDS}`);
    }
    rows.push(
      ...judge(
        scenario,
        own.outcome,
        others.map(({ contestant, aim }) => ({ ...contestant.outcome, aim })),
      ),
    );
    const outcomes = contest.map(({ outcome }) => ({ ...outcome, medianUs: medianCost(outcome) }));
    scenarios.push({ ...scenario, outcomes });
  }
  const file = await writeResult('forwarding', {
    what: 'CPU of all processes of the SFU for each RTP packet that reached a receiver, µs',
    windowMs: WINDOW_MS,
    scenarios,
  });
  printTable('CPU for each forwarded packet', rows);
  console.log(`written to ${file}`);
}

class Contestant {
  readonly #rival: Rival;
  readonly outcome: Outcome;

  constructor(rival: Rival) {
    this.#rival = rival;
    this.outcome = { name: rival.name, rounds: [] };
  }

  /** Measures once more, unless this SFU can not be had. */
  async run(scenario: Scenario, what: string): Promise<void> {
    const { name, rounds, skipped } = this.outcome;
    if (skipped !== undefined) return;
    try {
      const measured = await measure(this.#rival, scenario, WINDOW_MS);
      rounds.push(measured);
      console.log(`${scenarioName(scenario)}, ${what}, ${name}: ${describe(measured)}`);
    } catch (error) {
      // What a machine can not have is no failure of the benchmark.
      if (!(error instanceof SetupError)) throw error;
      this.outcome.skipped = error.message;
      console.log(`${name} is left out: ${error.message}\n  ${error.remedy}`);
    }
  }
}

function describe({ cpuPerPacketUs, packetsPerSecond, delivered, lost, ...load }: Measurement): string {
  return [
    `${cpuPerPacketUs.toFixed(2)} µs`,
    `${Math.round(packetsPerSecond)} packets/s`,
    `${(delivered * 100).toFixed(2)} % delivered`,
    `${lost} lost`,
    `load ${load.receiversCpu.toFixed(2)} + ${load.sendersCpu.toFixed(2)} cores`,
  ].join(', ');
}
