import { CHECK_TITLES, type Check, type CheckStatus } from './check.ts';

const MARKS: Record<CheckStatus, string> = {
  waiting: '–',
  running: '–',
  good: '✓',
  doubtful: '!',
  wrong: '✗',
};

/**
 * The report as somebody sends it to whoever helps. It holds addresses of this network, and nothing that lets one in.
 *
 * @param at when it was made
 */
export function reportText(checks: readonly Check[], origin: string, userAgent: string, at: Date): string {
  const lines = checks.flatMap(({ id, status, findings }) => {
    const title = `${MARKS[status]} ${CHECK_TITLES[id]}`;
    if (findings.length === 0) return [`${title}: not looked at`];
    return findings.map(({ says, next }) => [`${title}: ${says}`, next].filter(Boolean).join(' → '));
  });
  return [`VCallPe connection report, ${at.toISOString()}`, origin, userAgent, '', ...lines].join('\n');
}

/** The sentence on top of the report. */
export function summary(checks: readonly Check[]): string {
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length;
  if (count('wrong') > 0) return 'Something keeps you from taking part as you should. See below what to do.';
  if (count('waiting') > 0) return 'The check was stopped.';
  if (count('doubtful') > 0) return 'You can take part. Something could be better.';
  return 'All is well: you can take part, be seen and be heard.';
}
