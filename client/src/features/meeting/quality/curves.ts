/** The history as curves: what is drawn, and what is said of it to those who don't see it. Pure. */
import type { QualityPoint } from '../../../conference/quality/log.ts';

/** What is drawn, ms. */
export const SHOWN_MS = 120_000;
/** Samples that are further apart have something between them that was not measured, ms. */
const GAP_MS = 4_000;

type Field = Exclude<keyof QualityPoint, 'at'>;

export interface Curves {
  /** Seconds before the newest sample: from −120 to 0. */
  times: number[];
  /** In the order of the fields that were asked for; null: nothing is known. */
  values: (number | null)[][];
}

export function curvesOf(history: readonly QualityPoint[], fields: readonly Field[]): Curves {
  const newest = history.at(-1)?.at ?? 0;
  const points = history.flatMap((point, index): QualityPoint[] => {
    const before = history[index - 1];
    // An empty point in a gap keeps the line from being drawn across it.
    return before && point.at - before.at > GAP_MS ? [{ at: before.at + 1 }, point] : [point];
  });
  return {
    times: points.map(({ at }) => (at - newest) / 1000),
    values: fields.map((field) => points.map((point) => point[field] ?? null)),
  };
}

export interface Extent {
  now: number;
  min: number;
  max: number;
}

/** Undefined when nothing was measured. `now` is the newest that was. */
export function extentOf(values: readonly (number | null)[]): Extent | undefined {
  const known = values.filter((value) => value !== null);
  const now = known.at(-1);
  if (now === undefined) return undefined;
  return { now, min: Math.min(...known), max: Math.max(...known) };
}
