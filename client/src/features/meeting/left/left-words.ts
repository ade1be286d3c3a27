import type { AppError } from '@vcallpe/shared';
import type { ConferenceState } from '../../../conference/state.ts';
import { t } from '../../../i18n/i18n.ts';
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
  room: string,
  lastedMs: number,
): LeftWords {
  const lasted = t('meeting:left.lasted', { lasted: inWords(lastedMs) });
  switch (reason) {
    case 'left':
      return { title: t('meeting:left.left', { room }), body: lasted, next: 'rejoin' };
    case 'roomGone':
      return { title: t('meeting:left.ended'), body: `${t('meeting:left.deleted', { room })} ${lasted}` };
    case 'takenOver':
      return {
        title: t('meeting:left.takenOver'),
        body: `${t('meeting:left.takenOverBody', { room })} ${lasted}`,
        next: 'rejoin',
      };
    case 'removed':
      return {
        title: t('meeting:left.removed'),
        body: `${t('meeting:left.removedBody', { room })} ${lasted}`,
      };
    case 'meetingEnded':
      return { title: t('meeting:left.ended'), body: `${t('meeting:left.endedBody')} ${lasted}` };
    case 'unreachable':
      return {
        title: t('meeting:left.unreachable'),
        body: `${t('meeting:left.unreachableBody')} ${lasted}`,
        next: 'rejoin',
      };
    case 'refused': {
      if (error && SIGNED_OUT.includes(error.code)) {
        return {
          title: t('meeting:left.signedOut'),
          body: `${t('meeting:left.signedOutBody', { room })} ${lasted}`,
          next: 'signIn',
        };
      }
      const { title, body, retry } = describeError(error);
      if (error?.code === 'PROTOCOL_VERSION') return { title, body, next: 'reload' };
      return { title, body: `${body} ${lasted}`, next: retry ? 'rejoin' : undefined };
    }
  }
}
