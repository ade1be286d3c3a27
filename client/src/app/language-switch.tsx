import TranslateRounded from '@mui/icons-material/TranslateRounded';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../hooks/use-toast.tsx';
import { chooseLanguage, LANGUAGES, type Language } from '../i18n/i18n.ts';

/** Chooses the language of the page, for guests too; this browser remembers it. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation('app');
  const toast = useToast();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Tooltip title={t('language')}>
        <IconButton
          aria-label={t('language')}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={({ currentTarget }) => setAnchor(currentTarget)}
        >
          <TranslateRounded />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <MenuItem
            key={language}
            role="menuitemradio"
            aria-checked={language === i18n.language}
            selected={language === i18n.language}
            // Each in its own words, and read out in its own sounds.
            lang={language}
            onClick={() => {
              setAnchor(null);
              chooseLanguage(language).catch(() => toast(t('languageFailed')));
            }}
          >
            {LANGUAGES[language]}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
