import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useColorScheme } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { useToast } from '../../../hooks/use-toast.tsx';
import { chooseLanguage, LANGUAGES, type Language } from '../../../i18n/i18n.ts';

const MODES = ['system', 'light', 'dark'] as const;

/** The language of the page, and light or dark; the stage of a meeting is dark in either. */
export function LookSettings() {
  const { t, i18n } = useTranslation(['settings', 'app']);
  const { mode = 'system', setMode } = useColorScheme();
  const toast = useToast();
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { sm: '1fr 1fr' } }}>
      <TextField
        select
        size="small"
        label={t('app:language')}
        value={i18n.language}
        onChange={({ target }) => {
          chooseLanguage(target.value as Language).catch(() => toast(t('app:languageFailed')));
        }}
      >
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <MenuItem key={language} value={language} lang={language}>
            {LANGUAGES[language]}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        select
        size="small"
        label={t('app:theme.label')}
        value={mode}
        onChange={({ target }) => {
          const chosen = MODES.find((name) => name === target.value);
          if (chosen) setMode(chosen);
        }}
      >
        {MODES.map((name) => (
          <MenuItem key={name} value={name}>
            {t(`app:theme.${name}`)}
          </MenuItem>
        ))}
      </TextField>
    </Box>
  );
}
