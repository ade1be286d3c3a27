import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { useTranslation } from 'react-i18next';
import { clockTime } from './format.ts';

/** @param since when the figures on the page were true; undefined when there are none. */
export function SilentServer({ since }: { since: string | undefined }) {
  const { t } = useTranslation('admin');
  return (
    <Alert severity="warning" variant="outlined" sx={{ m: 2 }}>
      <AlertTitle>{t('silent.title')}</AlertTitle>
      {t('silent.body')}
      {since !== undefined && ` ${t('silent.since', { time: clockTime(since) })}`}
    </Alert>
  );
}
