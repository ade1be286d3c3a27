/** Several runs of one scenario as one table: how often each aim was missed, and how long what is measured in time took. Pure. */
import { quantile } from '../bench/report.ts';
import type { Row } from '../bench/table.ts';
import { seconds } from './aims.ts';

/** @param runs the rows of each run; a run that was not played to its end has others than the rest */
export function summarize(runs: readonly (readonly Row[])[]): Row[] {
  const byAim = Map.groupBy(runs.flat(), ({ what, aim }) => `${what}\n${aim}`);
  return [...byAim.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const missed = rows.filter(({ ok }) => ok === false).length;
    const counted = `${rows.length} ${rows.length === 1 ? 'run' : 'runs'}, ${missed} missed`;
    const times = rows.map(({ ms }) => ms).filter((ms) => ms !== undefined);
    const measured = times.length > 0 ? `${counted}; ${spread(times)}` : counted;
    return [{ what: first.what, aim: first.aim, measured, ok: missed === 0 }];
  });
}

function spread(times: readonly number[]): string {
  return `p50 ${seconds(quantile(times, 0.5))}, longest ${seconds(Math.max(...times))}`;
}
