/** Whether what was measured is what was aimed for. Pure. */
import { quantile } from '../report.ts';
import type { Row } from '../table.ts';
import type { Measurement, Scenario } from './measure.ts';

/** Cores. A load process that is busier than this is late itself, and its figures say more of it than of the SFU. */
const LOAD_CPU_LIMIT = 0.85;
/** What is on its way when a window begins and ends is less than the rest; a stream that does not flow is more. */
const DELIVERED = 0.99;

/** What came of one SFU in one scenario. */
export interface Outcome {
  name: string;
  rounds: Measurement[];
  /** Why there are no rounds. */
  skipped?: string;
}

/** Median of the rounds, µs; undefined when there are none. */
export function medianCost({ rounds }: Pick<Outcome, 'rounds'>): number | undefined {
  return rounds.length === 0
    ? undefined
    : quantile(
        rounds.map(({ cpuPerPacketUs }) => cpuPerPacketUs),
        0.5,
      );
}

export interface Other extends Outcome {
  /** VCallPe's cost for a packet is to be at most so many times this one's. */
  aim: number;
}

/** @param own VCallPe's outcome */
export function judge(scenario: Scenario, own: Outcome, others: readonly Other[]): Row[] {
  const name = scenarioName(scenario);
  const rounds = [own, ...others].flatMap((outcome) => outcome.rounds);
  const lost = rounds.reduce((sum, round) => sum + round.lost, 0);
  const delivered = Math.min(...rounds.map((round) => round.delivered));
  const busiest = Math.max(...rounds.flatMap(({ receiversCpu, sendersCpu }) => [receiversCpu, sendersCpu]));
  return [
    ...others.map((other) => compare(name, own, other)),
    {
      what: `${name}, delivered in the worst round`,
      aim: `≥ ${DELIVERED * 100} %`,
      measured: `${(delivered * 100).toFixed(2)} %`,
      ok: delivered >= DELIVERED,
    },
    { what: `${name}, packets lost`, aim: '0', measured: String(lost), ok: lost === 0 },
    {
      what: `${name}, CPU of the busiest load process`,
      aim: `≤ ${LOAD_CPU_LIMIT} cores`,
      measured: `${busiest.toFixed(2)} cores`,
      ok: busiest <= LOAD_CPU_LIMIT,
    },
  ];
}

function compare(name: string, own: Outcome, other: Other): Row {
  const row = { what: `${name}, against ${other.name}`, aim: `≤ ${other.aim} ×` };
  const [cost, otherCost] = [medianCost(own), medianCost(other)];
  if (cost === undefined || otherCost === undefined) {
    return { ...row, measured: `left out: ${other.skipped ?? own.skipped}`, ok: undefined };
  }
  const ratio = cost / otherCost;
  const measured = `${ratio.toFixed(2)} × (${cost.toFixed(2)} µs, ${otherCost.toFixed(2)} µs)`;
  return { ...row, measured, ok: ratio <= other.aim };
}

export function scenarioName({ senders, receivers }: Scenario): string {
  return `${senders} × ${receivers}`;
}
