/** Findings as a person reads them in a terminal. */
import type { Finding, Level } from './finding.ts';

const MARK: Record<Level, string> = { good: '✓', doubtful: '!', wrong: '✗' };
const COLOUR: Record<Level, number> = { good: 32, doubtful: 33, wrong: 31 };

/** @param colours whether the output is a terminal */
export function formatFinding({ check, level, says, remedy }: Finding, colours: boolean): string {
  const mark = colours ? `\x1b[${COLOUR[level]}m${MARK[level]}\x1b[0m` : MARK[level];
  const line = `${mark} ${check}: ${says}`;
  return remedy === undefined ? line : `${line}\n    → ${remedy}`;
}

export function formatSum(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const [wrong, doubtful] = [count('wrong'), count('doubtful')];
  const remarks = doubtful === 0 ? '' : `, and ${doubtful} ${doubtful === 1 ? 'remark' : 'remarks'}`;
  if (wrong === 0) return `Nothing is wrong${remarks}.`;
  return `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong${remarks}.`;
}
