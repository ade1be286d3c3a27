import type { Act } from '@vcallpe/shared';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conference } from '../../../conference/conference.ts';
import { useTell } from '../../../hooks/use-toast.tsx';
import type { LocalMedia } from '../../../lib/media/local-media.ts';
import { HOST_ACT } from '../news/topics.ts';

/**
 * Does here what a host has done on the server (a muted microphone is off, a stopped camera closed), and says it.
 *
 * @returns who asks to unmute, until that is answered
 */
export function useHostActs(
  conference: Conference,
  media: LocalMedia,
): { asked: string | undefined; dismiss: () => void } {
  const { t } = useTranslation('people');
  const tell = useTell();
  const [asked, setAsked] = useState<string>();
  const dismiss = useCallback(() => setAsked(undefined), []);

  useEffect(() => {
    const words = (by: string, act: Act): string | undefined => {
      switch (act.act) {
        case 'muted':
          return t('act.muted', { by });
        case 'unmuteAsked':
          return undefined;
        case 'videoStopped':
          return t(act.source === 'camera' ? 'act.cameraStopped' : 'act.screenStopped', { by });
        case 'roleChanged':
          if (act.role === 'host') return t('act.madeHost', { by });
          return t(act.role === 'viewer' ? 'act.madeViewer' : 'act.madeParticipant', { by });
        case 'spotlit':
          return t('act.spotlit', { by });
        case 'spotlightEnded':
          return t('act.spotlightEnded', { by });
        case 'locked':
        case 'unlocked':
          return t(`act.${act.act}`, { by });
        case 'handLowered':
          return t('act.handLowered', { by });
      }
    };
    return conference.on('moderated', ({ by, act }) => {
      if (act.act === 'muted') void media.setOn('microphone', false);
      if (act.act === 'videoStopped' && act.source === 'camera') void media.setOn('camera', false);
      if (act.act === 'unmuteAsked') setAsked(by);
      const said = words(by, act);
      if (said !== undefined) tell(HOST_ACT, said, true);
    });
  }, [conference, media, tell, t]);

  return { asked, dismiss };
}
