import ScreenShareRounded from '@mui/icons-material/ScreenShareRounded';
import StopScreenShareRounded from '@mui/icons-material/StopScreenShareRounded';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../hooks/use-store.ts';
import { canShareScreen, type ScreenShare } from '../../../lib/media/screen-share.ts';
import { BarButton } from '../conversation/bar-button.tsx';
import { toggleShare } from './toggle-share.ts';

/** Starts and stops the share; not there where the browser can't. */
export function ShareButton({ share }: { share: ScreenShare }) {
  const { t } = useTranslation('media');
  const { video } = useStore(share);
  if (!canShareScreen()) return null;
  return (
    <BarButton
      label={video ? t('share.stop') : t('share.start')}
      pressed={video !== undefined}
      roomyOnly
      onClick={() => toggleShare(share)}
    >
      {video ? <StopScreenShareRounded /> : <ScreenShareRounded />}
    </BarButton>
  );
}
