/** Plays scenarios again and again, and keeps what came of it. */
import { writeResult } from '../bench/report.ts';
import { printTable, type Row } from '../bench/table.ts';
import { seconds } from './aims/row.ts';
import type { Lab } from './lab.ts';
import { whyNoDelay } from './possible.ts';
import { runScenario } from './run.ts';
import type { Scenario } from './scenario.ts';
import { rowsOf, summarize } from './summary.ts';

interface Played {
  /** The next to play. */
  scenario: Scenario;
  what: string;
  /** The rows of each run. */
  runs: Row[][];
  /** Of all runs. */
  ms: number;
}

/**
 * @param keep writes what came of it to a file, after each pass
 * @returns how many aims were missed
 */
export async function playPasses(
  lab: Lab,
  scenarios: readonly Scenario[],
  passes: number,
  keep: boolean,
): Promise<number> {
  const noDelay = scenarios.some(({ delays }) => delays) ? whyNoDelay() : undefined;
  const all = scenarios.map((scenario): Played => ({ scenario, what: scenario.what, runs: [], ms: 0 }));
  const startedAt = performance.now();
  for (let pass = 1; pass <= passes; pass += 1) {
    for (const played of all) {
      const { scenario } = played;
      const began = performance.now();
      const { rows, story } =
        scenario.delays && noDelay !== undefined ? notPlayed(noDelay) : await runScenario(lab, scenario);
      played.runs.push(rows);
      const ms = performance.now() - began;
      played.ms += ms;
      played.scenario = scenario.next?.() ?? scenario;
      const which = passes > 1 ? `, ${pass} of ${passes}` : '';
      printTable(`${scenario.name} (${seconds(ms)}${which}): ${scenario.what}`, rows);
      if (missedIn(rows) > 0) console.log(story.join('\n'));
    }
    // An account has a room for each scenario that it hosted, and may have a hundred of them.
    await lab.giveUpHost();
    if (keep) await write(all, pass, performance.now() - startedAt);
  }
  if (passes > 1) {
    for (const { scenario, runs } of all) {
      printTable(`${scenario.name}: ${passes} runs`, rowsOf(summarize(runs)));
    }
  }
  return all.reduce((sum, { runs }) => sum + missedIn(runs.flat()), 0);
}

function notPlayed(why: string): { rows: Row[]; story: string[] } {
  return { rows: [{ what: 'played', aim: 'yes', measured: `no: ${why}`, ok: false }], story: [] };
}

function missedIn(rows: readonly Row[]): number {
  return rows.filter(({ ok }) => ok === false).length;
}

async function write(all: readonly Played[], passes: number, ms: number): Promise<void> {
  const file = await writeResult('lab', {
    what: `every scenario of the network lab, ${passes} ${passes === 1 ? 'time' : 'times'}`,
    passes,
    minutes: Math.round(ms / 6_000) / 10,
    missed: all.reduce((sum, { runs }) => sum + missedIn(runs.flat()), 0),
    scenarios: all.map(({ scenario, what, runs, ms }) => ({
      name: scenario.name,
      what,
      /** Of one run. */
      seconds: Math.round(ms / runs.length / 1_000),
      aims: summarize(runs),
    })),
  });
  console.log(`written to ${file}`);
}
