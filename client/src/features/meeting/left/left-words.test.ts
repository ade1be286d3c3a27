import { describe, expect, it } from '@jest/globals';
import { AppError } from '@vcallpe/shared';
import { describeEnd } from './left-words.ts';

const LASTED_MS = 42 * 60_000;

describe('describeEnd', () => {
  it('says how long it was after leaving, and offers to come back', () => {
    const words = describeEnd({ reason: 'left' }, 'Standup', LASTED_MS);
    expect(words).toEqual({
      title: 'You left Standup',
      body: 'You were in it for 42 min.',
      next: 'rejoin',
    });
  });

  it('offers nothing but home when the room is gone', () => {
    const words = describeEnd({ reason: 'roomGone' }, 'Standup', LASTED_MS);
    expect(words.next).toBeUndefined();
    expect(words.body).toContain('deleted');
  });

  it.each(['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'TOKEN_REUSED'] as const)(
    'takes %s for a lost session',
    (code) => {
      const words = describeEnd({ reason: 'refused', error: new AppError(code, '') }, 'Standup', LASTED_MS);
      expect(words).toMatchObject({ title: 'You were signed out', next: 'signIn' });
    },
  );

  it('has the words of the error for any other refusal', () => {
    const error = new AppError('GUESTS_NOT_ALLOWED', '');
    const words = describeEnd({ reason: 'refused', error }, 'Standup', LASTED_MS);
    expect(words.title).toBe('This meeting is for people with an account');
    expect(words.next).toBeUndefined();
  });

  it('asks for a reload when the page is older than the server', () => {
    const error = new AppError('PROTOCOL_VERSION', '');
    expect(describeEnd({ reason: 'refused', error }, 'Standup', LASTED_MS).next).toBe('reload');
  });

  it('lets one try again when the server was away', () => {
    expect(describeEnd({ reason: 'unreachable' }, 'Standup', LASTED_MS).next).toBe('rejoin');
  });
});
