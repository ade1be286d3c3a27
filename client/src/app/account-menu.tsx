/** At the right of the header: who is signed in and what belongs to them, or the way to sign in. */
import DnsOutlined from '@mui/icons-material/DnsOutlined';
import LogoutRounded from '@mui/icons-material/LogoutRounded';
import ManageAccountsOutlined from '@mui/icons-material/ManageAccountsOutlined';
import VideoCameraFrontOutlined from '@mui/icons-material/VideoCameraFrontOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import type { User } from '@vcallpe/shared';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { PersonAvatar } from '../components/person-avatar.tsx';
import { useAuth } from '../hooks/use-auth.tsx';
import { useToast } from '../hooks/use-toast.tsx';
import { describeError } from '../lib/errors/words.ts';

export function AccountMenu() {
  const { t } = useTranslation();
  const { status, user, requireSignIn } = useAuth();
  if (status === 'loading') return <Skeleton variant="circular" width={36} height={36} sx={{ m: 0.5 }} />;
  if (!user) {
    return (
      <Button variant="outlined" onClick={() => requireSignIn()}>
        {t('signIn')}
      </Button>
    );
  }
  return <SignedInMenu user={user} />;
}

function SignedInMenu({ user }: { user: User }) {
  const { t } = useTranslation('app');
  const { signOut } = useAuth();
  const navigate = useNavigate();
  const toast = useToast();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);

  async function leave() {
    close();
    try {
      await signOut();
      await navigate('/');
    } catch (error) {
      toast(t('menu.stillSignedIn', { reason: describeError(error).title }));
    }
  }

  return (
    <>
      <Tooltip title={t('menu.tooltip')}>
        <IconButton
          aria-label={t('menu.label', { name: user.displayName })}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={({ currentTarget }) => setAnchor(currentTarget)}
          sx={{ p: 0.5 }}
        >
          <PersonAvatar id={`u:${user.id}`} name={user.displayName} />
        </IconButton>
      </Tooltip>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { sx: { minWidth: 240, maxWidth: 320 } } }}
      >
        <Box component="li" role="presentation" sx={{ px: 2, py: 1 }}>
          <Typography component="div" variant="subtitle1" noWrap>
            {user.displayName}
          </Typography>
          <Typography component="div" variant="body2" noWrap sx={{ color: 'text.secondary' }}>
            {user.email}
          </Typography>
        </Box>
        <Divider component="li" />
        <MenuItem component={Link} to="/rooms" onClick={close}>
          <ListItemIcon>
            <VideoCameraFrontOutlined />
          </ListItemIcon>
          {t('menu.meetings')}
        </MenuItem>
        <MenuItem component={Link} to="/account" onClick={close}>
          <ListItemIcon>
            <ManageAccountsOutlined />
          </ListItemIcon>
          {t('menu.account')}
        </MenuItem>
        {user.isAdmin && (
          <MenuItem component={Link} to="/admin" onClick={close}>
            <ListItemIcon>
              <DnsOutlined />
            </ListItemIcon>
            {t('menu.admin')}
          </MenuItem>
        )}
        <MenuItem onClick={() => void leave()}>
          <ListItemIcon>
            <LogoutRounded />
          </ListItemIcon>
          {t('menu.signOut')}
        </MenuItem>
      </Menu>
    </>
  );
}
