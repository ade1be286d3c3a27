import { useTranslation } from 'react-i18next';
import type { ConferenceState } from '../../../conference/state.ts';
import { Banner } from './banner.tsx';

/** From this many failed tries on it is no longer a hiccup, and the words say so. */
const SERVER_AWAY_AFTER = 2;

interface BannersProps {
  state: Pick<ConferenceState, 'status' | 'recovery' | 'failedAttempts'>;
  soundRefused: boolean;
  onRetryNow: () => void;
  onPlaySound: () => void;
}

export function Banners({ state, soundRefused, onRetryNow, onPlaySound }: BannersProps) {
  const { t } = useTranslation('meeting');
  return (
    <>
      {state.status === 'reconnecting' && (
        <Banner action={{ label: t('banners.retry'), act: onRetryNow }}>
          {state.failedAttempts < SERVER_AWAY_AFTER ? t('banners.lost') : t('banners.away')}
        </Banner>
      )}
      {state.status === 'joined' && state.recovery && (
        <Banner action={{ label: t('banners.retry'), act: onRetryNow }}>
          {t(`banners.${state.recovery}`)}
        </Banner>
      )}
      {soundRefused && (
        <Banner action={{ label: t('banners.playSound'), act: onPlaySound }}>
          {t('banners.soundRefused')}
        </Banner>
      )}
    </>
  );
}
