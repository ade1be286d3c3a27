import CheckRounded from '@mui/icons-material/CheckRounded';
import ExpandLessRounded from '@mui/icons-material/ExpandLessRounded';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListSubheader from '@mui/material/ListSubheader';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../../lib/media/devices.ts';

export interface DeviceSection {
  title: string;
  devices: readonly Device[];
  chosen: string | undefined;
  onChoose: (deviceId: string) => void;
}

/** The small arrow beside a button, and the devices behind it. */
export function DeviceMenu({ label, sections }: { label: string; sections: readonly DeviceSection[] }) {
  const { t } = useTranslation('meeting');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  return (
    <>
      <Tooltip title={label}>
        <IconButton
          aria-label={label}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={({ currentTarget }) => setAnchor(currentTarget)}
          sx={{ color: 'stage.contrastText', mx: -0.5 }}
        >
          <ExpandLessRounded fontSize="small" />
        </IconButton>
      </Tooltip>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'top', horizontal: 'center' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'center' }}
        slotProps={{ paper: { sx: { minWidth: 260, maxWidth: 'min(420px, 100vw - 32px)' } } }}
      >
        {sections.flatMap(({ title, devices, chosen, onChoose }) => [
          <ListSubheader key={title} role="presentation" sx={{ bgcolor: 'transparent', lineHeight: '36px' }}>
            {devices.length > 0 ? title : t('devices.noneOf', { title })}
          </ListSubheader>,
          ...devices.map(({ deviceId, label: name }) => (
            <MenuItem
              key={`${title} ${deviceId}`}
              dense
              role="menuitemradio"
              aria-checked={deviceId === chosen}
              selected={deviceId === chosen}
              onClick={() => {
                onChoose(deviceId);
                close();
              }}
            >
              <ListItemIcon>{deviceId === chosen && <CheckRounded />}</ListItemIcon>
              <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>{name}</span>
            </MenuItem>
          )),
        ])}
      </Menu>
    </>
  );
}
