import { t } from '../../i18n/i18n.ts';
import type { Check, CheckStatus } from './check.ts';

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
    const title = `${MARKS[status]} ${t(`doctor:checks.${id}`)}`;
    if (findings.length === 0) return [`${title}: ${t('doctor:report.notLookedAt')}`];
    return findings.map(({ says, next }) => [`${title}: ${says}`, next].filter(Boolean).join(' → '));
  });
  const head = t('doctor:report.title', { at: at.toISOString() });
  return [head, origin, userAgent, '', ...lines].join('\n');
}

/** The sentence on top of the report. */
export function summary(checks: readonly Check[]): string {
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length;
  if (count('wrong') > 0) return t('doctor:summary.wrong');
  if (count('waiting') > 0) return t('doctor:summary.stopped');
  if (count('doubtful') > 0) return t('doctor:summary.doubtful');
  return t('doctor:summary.good');
}
