/** Whether a figure stays as it is, however long one goes on. */
import { quantile } from '../report.ts';

export interface Growth {
  /** Median of the second quarter: the first one is warm-up. */
  early: number;
  /** Median of the last quarter. */
  late: number;
  /** `late` by `early`. 1 is flat. */
  ratio: number;
}

/** @param values at equal distances, 4 or more */
export function growthOf(values: readonly number[]): Growth {
  const quarter = Math.floor(values.length / 4);
  const early = quantile(values.slice(quarter, 2 * quarter), 0.5);
  const late = quantile(values.slice(-quarter), 0.5);
  return { early, late, ratio: late / early };
}
