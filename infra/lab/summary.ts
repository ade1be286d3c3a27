/** Several runs of one scenario: how often each aim was missed, and how long what is measured in time took. Pure. */
import { quantile } from '../bench/report.ts';
import type { Row } from '../bench/table.ts';
import { seconds } from './aims/row.ts';

export interface AimSummary {
  what: string;
  aim: string;
  /** How often it was measured; a scenario may have several of it in one run. */
  measurements: number;
  missed: number;
  /** Of those that came at all; only of what is measured in time. */
  p50Ms?: number;
  worstMs?: number;
  /** What was measured where it was missed. */
  misses?: string[];
}

/** @param runs the rows of each run; a run that was not played to its end has others than the rest */
export function summarize(runs: readonly (readonly Row[])[]): AimSummary[] {
  const judged = runs.flat().filter(({ ok }) => ok !== undefined);
  const byAim = Map.groupBy(judged, ({ what, aim }) => `${what}\n${aim}`);
  return [...byAim.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const misses = rows.filter(({ ok }) => ok === false).map(({ measured }) => measured);
    const times = rows.map(({ ms }) => ms).filter((ms) => ms !== undefined);
    return {
      what: first.what,
      aim: first.aim,
      measurements: rows.length,
      missed: misses.length,
      ...(times.length > 0 ? { p50Ms: quantile(times, 0.5), worstMs: Math.max(...times) } : {}),
      ...(misses.length > 0 ? { misses } : {}),
    };
  });
}

export function rowsOf(summaries: readonly AimSummary[]): Row[] {
  return summaries.map(({ what, aim, measurements, missed, p50Ms, worstMs }) => {
    const counted = `${measurements} ${measurements === 1 ? 'time' : 'times'}, ${missed} missed`;
    const spread =
      p50Ms === undefined || worstMs === undefined
        ? ''
        : `; p50 ${seconds(p50Ms)}, longest ${seconds(worstMs)}`;
    return { what, aim, measured: `${counted}${spread}`, ok: missed === 0 };
  });
}
