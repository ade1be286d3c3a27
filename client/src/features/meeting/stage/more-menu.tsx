/** Everything that has no button in the bar; on a phone also what has one on wider screens. */
import MoreVertRounded from '@mui/icons-material/MoreVertRounded';
import Badge from '@mui/material/Badge';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BarButton } from '../conversation/bar-button.tsx';

export interface MoreEntry {
  key: string;
  icon: ReactNode;
  label: string;
  onClick: () => void;
  /** How many things wait behind it. */
  badge?: number;
  /** Wider screens have a button for it in the bar. */
  phoneOnly?: boolean;
}

export function MoreMenu({ entries }: { entries: readonly MoreEntry[] }) {
  const { t } = useTranslation('media');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  // What is hidden can't take the focus, and the first entry gets it: so the others are left out, not hidden.
  const phone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'), { noSsr: true });
  const shown = entries.filter(({ phoneOnly }) => phone || !phoneOnly);
  return (
    <>
      <BarButton label={t('more')} popup="menu" onClick={({ currentTarget }) => setAnchor(currentTarget)}>
        <MoreVertRounded />
      </BarButton>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'top', horizontal: 'center' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'center' }}
        slotProps={{ paper: { sx: { minWidth: 240 } } }}
      >
        {shown.map(({ key, icon, label, onClick, badge = 0 }) => (
          <MenuItem
            key={key}
            onClick={() => {
              close();
              onClick();
            }}
            sx={{ minHeight: 44 }}
          >
            <ListItemIcon>
              <Badge color="primary" badgeContent={badge > 0 ? badge : undefined} max={99}>
                {icon}
              </Badge>
            </ListItemIcon>
            <ListItemText>{label}</ListItemText>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
