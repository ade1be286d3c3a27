import Stack from '@mui/material/Stack';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../hooks/use-store.ts';
import { preferences } from '../../../lib/preferences.ts';
import { SettingSwitch } from './setting-switch.tsx';

export function KeySettings() {
  const { t } = useTranslation('settings');
  const { pushToTalk, letterKeys } = useStore(preferences);
  return (
    <Stack spacing={1}>
      <SettingSwitch
        label={t('pushToTalk.label')}
        hint={t('pushToTalk.hint')}
        on={pushToTalk}
        onChange={(on) => preferences.change({ pushToTalk: on })}
      />
      <SettingSwitch
        label={t('letterKeys.label')}
        hint={t('letterKeys.hint')}
        on={letterKeys}
        onChange={(on) => preferences.change({ letterKeys: on })}
      />
    </Stack>
  );
}
