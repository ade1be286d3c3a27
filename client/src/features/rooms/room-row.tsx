import DeleteOutlineRounded from '@mui/icons-material/DeleteOutlineRounded';
import HistoryRounded from '@mui/icons-material/HistoryRounded';
import LinkRounded from '@mui/icons-material/LinkRounded';
import MoreHorizRounded from '@mui/icons-material/MoreHorizRounded';
import TuneRounded from '@mui/icons-material/TuneRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import type { Room } from '@vcallpe/shared';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCopyLink } from '../../hooks/use-copy-link.ts';
import { formatTime } from '../../i18n/format.ts';

interface RoomRowProps {
  room: Room;
  onSettings: () => void;
  onDelete: () => void;
}

export function RoomRow({ room, onSettings, onDelete }: RoomRowProps) {
  const { t } = useTranslation(['rooms', 'history', 'common']);
  const copy = useCopyLink(room.code);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);

  function choose(action: () => void) {
    setAnchor(null);
    action();
  }

  return (
    <Card
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        pl: { xs: 2, sm: 3 },
        pr: { xs: 1, sm: 2 },
        py: 1.5,
      }}
    >
      <Stack sx={{ minWidth: 0, flex: 1 }}>
        <Typography component="h2" variant="subtitle1" noWrap title={room.name}>
          {room.name}
        </Typography>
        <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
          {room.code}
          {!room.settings.guestsAllowed && ` · ${t('noGuests')}`}
          <Box component="span" sx={{ display: { xs: 'none', sm: 'inline' } }}>
            {` · ${t('since', { date: formatTime(room.createdAt, { dateStyle: 'medium' }) })}`}
          </Box>
        </Typography>
      </Stack>
      {/* On a phone the name needs the width; the menu has it, too. */}
      <Tooltip title={t('copyLink')}>
        <IconButton
          aria-label={t('copyLinkTo', { name: room.name })}
          onClick={copy}
          sx={{ display: { xs: 'none', sm: 'inline-flex' } }}
        >
          <LinkRounded />
        </IconButton>
      </Tooltip>
      <Button
        component={Link}
        to={`/r/${room.code}`}
        variant="outlined"
        aria-label={t('join', { name: room.name })}
      >
        {t('common:join')}
      </Button>
      <Tooltip title={t('more')}>
        <IconButton
          aria-label={t('moreFor', { name: room.name })}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={({ currentTarget }) => setAnchor(currentTarget)}
        >
          <MoreHorizRounded />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={() => choose(copy)}>
          <ListItemIcon>
            <LinkRounded />
          </ListItemIcon>
          {t('copyLink')}
        </MenuItem>
        <MenuItem onClick={() => choose(onSettings)}>
          <ListItemIcon>
            <TuneRounded />
          </ListItemIcon>
          {t('settings')}
        </MenuItem>
        <MenuItem component={Link} to={`/rooms/${room.code}/history`}>
          <ListItemIcon>
            <HistoryRounded />
          </ListItemIcon>
          {t('history:open')}
        </MenuItem>
        <MenuItem onClick={() => choose(onDelete)} sx={{ color: 'error.main' }}>
          <ListItemIcon sx={{ color: 'inherit' }}>
            <DeleteOutlineRounded />
          </ListItemIcon>
          {t('delete')}
        </MenuItem>
      </Menu>
    </Card>
  );
}
