/** What somebody sets for themselves: devices, how the microphone is processed, keys, language and looks. */
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import { DeviceFields } from '../prejoin/device-fields.tsx';
import { KeySettings } from './key-settings.tsx';
import { LookSettings } from './look-settings.tsx';
import { ProcessingSettings } from './processing-settings.tsx';
import { Section } from './section.tsx';

interface SettingsDialogProps {
  media: LocalMedia;
  local: LocalMediaState;
  onClose: () => void;
}

/** Lazily loaded. Everything holds at once, so there is nothing to save. */
export default function SettingsDialog({ media, local, onClose }: SettingsDialogProps) {
  const { t } = useTranslation(['settings', 'common']);
  const id = useId();
  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('settings:title')}</DialogTitle>
      <DialogContent>
        <Stack spacing={3}>
          <Section title={t('settings:devices')}>
            <DeviceFields media={media} local={local} stacked />
          </Section>
          <Section title={t('settings:sound')}>
            <ProcessingSettings media={media} processing={local.processing} />
          </Section>
          <Section title={t('settings:keys')}>
            <KeySettings />
          </Section>
          <Section title={t('settings:looks')}>
            <LookSettings />
          </Section>
        </Stack>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button autoFocus onClick={onClose}>
          {t('common:close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
