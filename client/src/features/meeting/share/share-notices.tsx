/** That one's own screen is seen by all, and why it could not be. */
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../hooks/use-store.ts';
import type { ScreenShare } from '../../../lib/media/screen-share.ts';
import { InfoLine } from '../stage/info-line.tsx';

/** A line above the stage, for as long as something is shared: what is seen by others should not be forgotten. */
export function SharingLine({ share }: { share: ScreenShare }) {
  const { t } = useTranslation('media');
  const { video, sound } = useStore(share);
  if (!video) return null;
  return (
    <InfoLine action={{ label: t('share.stop'), act: () => share.stop() }}>
      {sound ? t('share.onWithSound') : t('share.on')}
    </InfoLine>
  );
}

export function ShareProblem({ share }: { share: ScreenShare }) {
  const { t } = useTranslation('media');
  const { problem } = useStore(share);
  if (!problem) return null;
  return (
    <Alert
      severity="warning"
      variant="outlined"
      role="status"
      onClose={() => share.dismissProblem()}
      closeText={t('dismiss')}
      sx={{ textAlign: 'start', bgcolor: 'background.paper', '& .MuiAlert-message': { flex: 1 } }}
    >
      <AlertTitle>{t(`share.${problem}.title`)}</AlertTitle>
      {t(`share.${problem}.body`)}
    </Alert>
  );
}
