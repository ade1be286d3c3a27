/** What people read when something fails: what happened, what it means, what to do. Never a code. */
import { AppError } from '@vcallpe/shared';
import type { ErrorCode } from '@vcallpe/shared';
import { z } from 'zod';
import { t } from '../../i18n/i18n.ts';

export interface ErrorWords {
  title: string;
  body: string;
  /** Whether doing the same again can help, so that a "Try again" makes sense. */
  retry: boolean;
}

const RetryAfter = z.object({ retryAfterSeconds: z.number().positive() });
const Traced = z.object({ requestId: z.string() });

export function describeError(error: unknown): ErrorWords {
  const { code, retry, details, cause }: Pick<AppError, 'code' | 'retry' | 'details' | 'cause'> =
    error instanceof AppError ? error : new AppError('INTERNAL', 'An error without a code', { cause: error });
  return {
    title: t(`errors:codes.${code}.title`),
    body: [t(`errors:codes.${code}.body`), waitOf(code, details), traceOf(code, cause)]
      .filter(Boolean)
      .join(' '),
    retry,
  };
}

/** When a rate limit ends, in words that don't pretend to be exact. */
function waitOf(code: ErrorCode, details: unknown): string | undefined {
  if (code !== 'RATE_LIMITED') return undefined;
  const { data } = RetryAfter.safeParse(details);
  if (!data) return t('errors:waitUnknown');
  const { retryAfterSeconds: seconds } = data;
  if (seconds < 60) return t('errors:waitSeconds', { count: Math.ceil(seconds) });
  return t('errors:waitMinutes', { count: Math.ceil(seconds / 60) });
}

/** The id under which a fault of the server is in its log. */
function traceOf(code: ErrorCode, cause: unknown): string | undefined {
  if (code !== 'INTERNAL') return undefined;
  const { data } = Traced.safeParse(cause);
  return data && t('errors:reference', { id: data.requestId });
}

const FieldIssues = z.array(z.object({ path: z.string(), message: z.string() }));

/**
 * Which fields of a form the server refused, and why; empty when the error is of another kind. The reason is the server's
 * own sentence: what the client knows of, it has said in the page's language before it sent anything.
 */
export function fieldErrorsOf(error: unknown): Record<string, string> {
  if (!(error instanceof AppError)) return {};
  if (error.code === 'EMAIL_TAKEN')
    return { email: [t('errors:codes.EMAIL_TAKEN.title'), t('errors:codes.EMAIL_TAKEN.body')].join('. ') };
  if (error.code !== 'VALIDATION_FAILED') return {};
  const issues = FieldIssues.safeParse(error.details).data ?? [];
  return Object.fromEntries(issues.filter(({ path }) => path).map(({ path, message }) => [path, message]));
}
