import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { DeviceNews } from '../../lib/media/hot-plug.ts';
import type { LocalMedia } from '../../lib/media/local-media.ts';

/** A device that was plugged in or out, and for a new one the button to use it. */
export function DeviceNewsNotice({ media, news }: { media: LocalMedia; news: DeviceNews | undefined }) {
  const { t } = useTranslation('media');
  if (!news) return null;
  const { kind, source, device } = news;
  const use = () => {
    media.setNews(undefined);
    if (source === 'speaker') media.chooseSpeaker(device.deviceId);
    else void media.chooseDevice(source, device.deviceId);
  };
  return (
    <Alert
      severity="info"
      variant="outlined"
      role="status"
      onClose={() => media.setNews(undefined)}
      closeText={t('dismiss')}
      sx={{ textAlign: 'start', bgcolor: 'background.paper', '& .MuiAlert-message': { flex: 1 } }}
    >
      {t(`news.${source}.${kind}`, { name: device.label })}
      {kind === 'offered' && (
        <Button
          color="inherit"
          variant="outlined"
          size="small"
          sx={{ display: 'block', mt: 1 }}
          onClick={use}
        >
          {t('news.use')}
        </Button>
      )}
    </Alert>
  );
}
