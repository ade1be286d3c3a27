import Stack from '@mui/material/Stack';
import { useTranslation } from 'react-i18next';
import type { Processing } from '../../../lib/media/device-choice.ts';
import type { LocalMedia } from '../../../lib/media/local-media.ts';
import { SettingSwitch } from './setting-switch.tsx';

const SWITCHES = ['noiseSuppression', 'echoCancellation', 'autoGainControl'] as const;

/** What the browser does to one's voice; it holds at once. */
export function ProcessingSettings({ media, processing }: { media: LocalMedia; processing: Processing }) {
  const { t } = useTranslation('settings');
  return (
    <Stack spacing={1}>
      {SWITCHES.map((name) => (
        <SettingSwitch
          key={name}
          label={t(`${name}.label`)}
          hint={t(`${name}.hint`)}
          on={processing[name]}
          onChange={(on) => void media.setProcessing({ [name]: on })}
        />
      ))}
    </Stack>
  );
}
