/** What people read when something fails: what happened, what it means, what to do. Never a code. */
import { AppError } from '@vcallpe/shared';
import type { ErrorCode } from '@vcallpe/shared';
import { z } from 'zod';

export interface ErrorWords {
  title: string;
  body: string;
  /** Whether doing the same again can help, so that a "Try again" makes sense. */
  retry: boolean;
}

const OURS = 'This is a fault of the page, not of anything you did. Reload it and try again.';

const WORDS: Record<ErrorCode, readonly [title: string, body: string]> = {
  VALIDATION_FAILED: ['Something in the form isn’t right', 'Check what you entered and send it again.'],
  UNAUTHENTICATED: ['You are signed out', 'Your session has ended. Sign in to go on.'],
  INVALID_CREDENTIALS: [
    'Email or password is wrong',
    'Check both and try again. Passwords distinguish capital letters.',
  ],
  TOKEN_INVALID: ['You are signed out', 'Your session is no longer valid. Sign in to go on.'],
  TOKEN_EXPIRED: ['That took too long', 'Your permission to enter ran out in the meantime. Try once more.'],
  TOKEN_REUSED: [
    'You are signed out',
    'Your session was used in two places, so it was ended to keep your account safe. Sign in to go on.',
  ],
  UNSUPPORTED_BROWSER: [
    'This browser can’t take part',
    'It lacks what video meetings need. Use a current Firefox, Chrome, Edge or Safari.',
  ],
  FORBIDDEN: ['You can’t do that here', 'Only the owner of this meeting can. Ask them to do it for you.'],
  GUESTS_NOT_ALLOWED: [
    'This meeting is for people with an account',
    'Its owner doesn’t let guests in. Sign in or create an account to join.',
  ],
  NOT_FOUND: ['That isn’t here any more', 'It may have been removed in the meantime.'],
  ROOM_NOT_FOUND: [
    'There is no such meeting',
    'The code may have a slip in it, or the meeting was deleted. Ask for the link once more.',
  ],
  UNKNOWN_METHOD: [
    'This page is out of date',
    'The server has changed since you opened it. Reload the page.',
  ],
  METHOD_NOT_ALLOWED: [
    'This page is out of date',
    'The server has changed since you opened it. Reload the page.',
  ],
  ALREADY_JOINED: [
    'You are in this meeting already',
    'It is open in another tab or on another device. Join here instead, and the other one leaves.',
  ],
  SESSION_GONE: ['You were away for too long', 'Your place was given up. Join again.'],
  EMAIL_TAKEN: ['This email already has an account', 'Sign in, or use another one.'],
  WRONG_STATE: ['That didn’t fit just now', `The meeting was in another state than expected. ${OURS}`],
  CANNOT_CONSUME: [
    'Someone can’t be shown',
    'Your browser can’t play what they send. A current Chrome, Edge, Firefox or Safari can.',
  ],
  LIMIT_REACHED: ['You have reached the limit', 'Remove something you no longer need, and try again.'],
  ROOM_FULL: [
    'This meeting is full',
    'As many people are in it as it allows. Try again when someone has left.',
  ],
  PAYLOAD_TOO_LARGE: ['That is too much at once', 'Shorten what you entered and send it again.'],
  UNSUPPORTED_MEDIA_TYPE: ['Something went wrong on this page', OURS],
  PROTOCOL_VERSION: ['This page is out of date', 'VCallPe was updated since you opened it. Reload the page.'],
  RATE_LIMITED: ['Too many tries', 'To keep accounts safe there is a pause now.'],
  INTERNAL: [
    'Something went wrong on our side',
    'Nothing of yours is lost. Try again; if it goes on, tell whoever runs this server.',
  ],
  UNAVAILABLE: [
    'VCallPe can’t be reached',
    'Your network or the server is away. Check your connection and try again.',
  ],
  TIMEOUT: [
    'The server is slow to answer',
    'It may be busy, or your connection weak. Try again in a moment.',
  ],
};

const RetryAfter = z.object({ retryAfterSeconds: z.number().positive() });
const Traced = z.object({ requestId: z.string() });

export function describeError(error: unknown): ErrorWords {
  const { code, retry, details, cause }: Pick<AppError, 'code' | 'retry' | 'details' | 'cause'> =
    error instanceof AppError ? error : new AppError('INTERNAL', 'An error without a code', { cause: error });
  const [title, body] = WORDS[code];
  return {
    title,
    body: [body, waitOf(code, details), traceOf(code, cause)].filter(Boolean).join(' '),
    retry,
  };
}

/** When a rate limit ends, in words that don't pretend to be exact. */
function waitOf(code: ErrorCode, details: unknown): string | undefined {
  if (code !== 'RATE_LIMITED') return undefined;
  const { data } = RetryAfter.safeParse(details);
  if (!data) return 'Try again in a few minutes.';
  const { retryAfterSeconds: seconds } = data;
  if (seconds < 60) return `Try again in ${Math.ceil(seconds)} seconds.`;
  const minutes = Math.ceil(seconds / 60);
  return `Try again in about ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
}

/** The id under which a fault of the server is in its log. */
function traceOf(code: ErrorCode, cause: unknown): string | undefined {
  if (code !== 'INTERNAL') return undefined;
  const { data } = Traced.safeParse(cause);
  return data && `Reference: ${data.requestId}`;
}

const FieldIssues = z.array(z.object({ path: z.string(), message: z.string() }));

/** Which fields of a form the server refused, and why; empty when the error is of another kind. */
export function fieldErrorsOf(error: unknown): Record<string, string> {
  if (!(error instanceof AppError)) return {};
  if (error.code === 'EMAIL_TAKEN') return { email: WORDS.EMAIL_TAKEN.join('. ') };
  if (error.code !== 'VALIDATION_FAILED') return {};
  const issues = FieldIssues.safeParse(error.details).data ?? [];
  return Object.fromEntries(issues.filter(({ path }) => path).map(({ path, message }) => [path, message]));
}
