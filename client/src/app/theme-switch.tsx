import ContrastRounded from '@mui/icons-material/ContrastRounded';
import DarkModeRounded from '@mui/icons-material/DarkModeRounded';
import LightModeRounded from '@mui/icons-material/LightModeRounded';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useColorScheme } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const MODES = [
  { mode: 'system', Icon: ContrastRounded },
  { mode: 'light', Icon: LightModeRounded },
  { mode: 'dark', Icon: DarkModeRounded },
] as const;

/** Chooses light, dark, or whatever the system says; MUI remembers it. */
export function ThemeSwitch() {
  const { t } = useTranslation('app');
  const { mode: chosen = 'system', setMode } = useColorScheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const Current = MODES.find(({ mode }) => mode === chosen)?.Icon ?? ContrastRounded;
  return (
    <>
      <Tooltip title={t('theme.label')}>
        <IconButton
          aria-label={t('theme.label')}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={({ currentTarget }) => setAnchor(currentTarget)}
        >
          <Current />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {MODES.map(({ mode, Icon }) => (
          <MenuItem
            key={mode}
            role="menuitemradio"
            aria-checked={mode === chosen}
            selected={mode === chosen}
            onClick={() => {
              setMode(mode);
              setAnchor(null);
            }}
          >
            <ListItemIcon>
              <Icon />
            </ListItemIcon>
            {t(`theme.${mode}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
