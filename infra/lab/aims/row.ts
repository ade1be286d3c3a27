/** How an aim becomes a row of the table. Each aim reads the recording; the numbers are those of the issue. */
import type { Row } from '../../bench/table.ts';
import type { Recording } from '../scenario.ts';

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export function row(what: string, withinMs: number, ms: number | undefined): Row {
  return {
    what,
    aim: `≤ ${seconds(withinMs)}`,
    measured: ms === undefined ? 'never' : seconds(ms),
    ok: ms !== undefined && ms <= withinMs,
    late: ms !== undefined && ms > withinMs,
    ms,
  };
}

export function stepAt({ stepsAt }: Recording, step: number): number {
  const at = stepsAt[step];
  if (at === undefined) throw new Error(`The scenario has no step ${step}`);
  return at;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
