import { describe, expect, test } from '@jest/globals';
import { AppError, ERROR_CODES, ERRORS } from '@vcallpe/shared';
import { describeError, fieldErrorsOf } from './words.ts';

describe('describeError', () => {
  test.each(ERROR_CODES)('%s has calm words and no code in them', (code) => {
    const { title, body, retry } = describeError(new AppError(code, 'developer words'));
    expect(title).toMatch(/^[A-Z].*[^.!]$/);
    expect(body).toMatch(/^[A-Z].*\.$/);
    expect(`${title} ${body}`).not.toMatch(/[A-Z]+_[A-Z]+|developer words|!/);
    expect(retry).toBe(ERRORS[code].retry);
  });

  test('anything without a code is a fault of ours', () => {
    const internal = describeError(new AppError('INTERNAL', ''));
    expect(describeError(new TypeError('x is undefined'))).toEqual(internal);
    expect(describeError(undefined)).toEqual(internal);
  });

  test.each([
    [20, '20 seconds'],
    [60, 'about a minute'],
    [840, 'about 14 minutes'],
  ])('a rate limit of %i s says when it ends', (retryAfterSeconds, words) => {
    const error = new AppError('RATE_LIMITED', '', { details: { retryAfterSeconds } });
    expect(describeError(error).body).toContain(words);
  });

  test('a fault of the server names the id that is in its log', () => {
    const error = new AppError('INTERNAL', '', { cause: { requestId: 'req-7' } });
    expect(describeError(error).body).toContain('req-7');
  });
});

describe('fieldErrorsOf', () => {
  test('gives each field its message', () => {
    const details = [
      { path: 'displayName', message: 'A name can’t be empty' },
      { path: '', message: 'Nothing to change' },
    ];
    expect(fieldErrorsOf(new AppError('VALIDATION_FAILED', '', { details }))).toEqual({
      displayName: 'A name can’t be empty',
    });
  });

  test('a taken email belongs to its field', () => {
    expect(Object.keys(fieldErrorsOf(new AppError('EMAIL_TAKEN', '')))).toEqual(['email']);
  });

  test('other errors belong to no field', () => {
    expect(fieldErrorsOf(new AppError('UNAVAILABLE', ''))).toEqual({});
    expect(fieldErrorsOf(new Error('x'))).toEqual({});
  });
});
