/** What is wrong with a value that a schema of the contract refuses, in the page's language. */
import type { z } from 'zod';
import { t } from '../../i18n/i18n.ts';
import { formatNumber } from '../../i18n/format.ts';

/** Why a `refine` of the contract refuses, as its `params.reason`; others keep the schema's own sentence. */
const REASONS = { invisible: 'fields:invisible' } as const;

export function fieldWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small': {
      const minimum = Number(issue.minimum);
      if (issue.origin !== 'string') return t('fields:tooSmall', { limit: formatNumber(minimum) });
      return minimum === 1 ? t('fields:empty') : t('fields:tooShort', { count: minimum });
    }
    case 'too_big': {
      const maximum = Number(issue.maximum);
      if (issue.origin !== 'string') return t('fields:tooBig', { limit: formatNumber(maximum) });
      return t('fields:tooLong', { count: maximum });
    }
    case 'invalid_format':
      return issue.format === 'email' ? t('fields:notAnEmail') : issue.message;
    case 'invalid_type':
      if (issue.expected === 'number') return t('fields:notANumber');
      return issue.expected === 'int' ? t('fields:notWhole') : t('fields:empty');
    case 'custom': {
      const reason: unknown = issue.params?.['reason'];
      return isReason(reason) ? t(REASONS[reason]) : issue.message;
    }
    default:
      return issue.message;
  }
}

function isReason(reason: unknown): reason is keyof typeof REASONS {
  return typeof reason === 'string' && Object.hasOwn(REASONS, reason);
}
