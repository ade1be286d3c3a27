import { useTranslation } from 'react-i18next';
import { useStore } from '../../hooks/use-store.ts';
import type { LocalMedia, LocalTrackState } from '../../lib/media/local-media.ts';
import { preferences } from '../../lib/preferences.ts';
import { useMutedSpeech } from './shortcuts/use-muted-speech.ts';
import { InfoLine } from './stage/info-line.tsx';

/** Says so while somebody speaks into their muted microphone. */
export function MutedSpeech({ media, microphone }: { media: LocalMedia; microphone: LocalTrackState }) {
  const { t } = useTranslation('media');
  const { pushToTalk } = useStore(preferences);
  if (!useMutedSpeech(microphone)) return null;
  return (
    <InfoLine action={{ label: t('mutedSpeech.unmute'), act: () => void media.setOn('microphone', true) }}>
      {pushToTalk ? t('mutedSpeech.withKey') : t('mutedSpeech.plain')}
    </InfoLine>
  );
}
