import type { AppError } from '@vcallpe/shared';
import type { ConferenceState } from '../../../conference/state.ts';
import { describeError } from '../../../lib/errors/words.ts';
import { inWords } from '../durations.ts';

export interface LeftWords {
  title: string;
  body: string;
  /** What makes sense next, besides going home. */
  next?: 'rejoin' | 'signIn' | 'reload';
}

const SIGNED_OUT: readonly AppError['code'][] = [
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'TOKEN_INVALID',
  'TOKEN_REUSED',
];

/** Why a meeting is over for this person, how long they were in it, and what they can do. */
export function describeEnd(
  { reason, error }: NonNullable<ConferenceState['ended']>,
  roomName: string,
  lastedMs: number,
): LeftWords {
  const lasted = `You were in it for ${inWords(lastedMs)}.`;
  switch (reason) {
    case 'left':
      return { title: `You left ${roomName}`, body: lasted, next: 'rejoin' };
    case 'roomGone':
      return { title: 'This meeting has ended', body: `${roomName} was deleted by its owner. ${lasted}` };
    case 'takenOver':
      return {
        title: 'You joined somewhere else',
        body: `This tab left ${roomName}, because you came in from another tab or device. ${lasted}`,
        next: 'rejoin',
      };
    case 'unreachable':
      return {
        title: 'The meeting can’t be reached',
        body: `The connection was lost and did not come back. Check your network, then join again. ${lasted}`,
        next: 'rejoin',
      };
    case 'refused': {
      if (error && SIGNED_OUT.includes(error.code)) {
        return {
          title: 'You were signed out',
          body: `Your session ended, and with it your place in ${roomName}. Sign in to go back. ${lasted}`,
          next: 'signIn',
        };
      }
      const { title, body, retry } = describeError(error);
      if (error?.code === 'PROTOCOL_VERSION') return { title, body, next: 'reload' };
      return { title, body: `${body} ${lasted}`, next: retry ? 'rejoin' : undefined };
    }
  }
}
