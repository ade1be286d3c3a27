import DeleteOutlineRounded from '@mui/icons-material/DeleteOutlineRounded';
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
import { Link } from 'react-router';
import { useCopyLink } from '../../hooks/use-copy-link.ts';

const SINCE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

interface RoomRowProps {
  room: Room;
  onSettings: () => void;
  onDelete: () => void;
}

export function RoomRow({ room, onSettings, onDelete }: RoomRowProps) {
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
          {!room.settings.guestsAllowed && ' · no guests'}
          <Box component="span" sx={{ display: { xs: 'none', sm: 'inline' } }}>
            {' · since '}
            {SINCE.format(new Date(room.createdAt))}
          </Box>
        </Typography>
      </Stack>
      {/* On a phone the name needs the width; the menu has it, too. */}
      <Tooltip title="Copy link">
        <IconButton
          aria-label={`Copy link to ${room.name}`}
          onClick={copy}
          sx={{ display: { xs: 'none', sm: 'inline-flex' } }}
        >
          <LinkRounded />
        </IconButton>
      </Tooltip>
      <Button component={Link} to={`/r/${room.code}`} variant="outlined" aria-label={`Join ${room.name}`}>
        Join
      </Button>
      <Tooltip title="More">
        <IconButton
          aria-label={`More for ${room.name}`}
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
          Copy link
        </MenuItem>
        <MenuItem onClick={() => choose(onSettings)}>
          <ListItemIcon>
            <TuneRounded />
          </ListItemIcon>
          Name and settings
        </MenuItem>
        <MenuItem onClick={() => choose(onDelete)} sx={{ color: 'error.main' }}>
          <ListItemIcon sx={{ color: 'inherit' }}>
            <DeleteOutlineRounded />
          </ListItemIcon>
          Delete
        </MenuItem>
      </Menu>
    </Card>
  );
}
