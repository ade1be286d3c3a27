/** Before the meeting: how one will look and sound, under which name, and the one button to go in. */
import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { AppError, Room } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { useAuth } from '../../../hooks/use-auth.tsx';
import { useShortcuts } from '../../../hooks/use-shortcuts.ts';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import { MediaProblems } from '../media-problems.tsx';
import { mediaShortcuts } from '../media-shortcuts.ts';
import { comesAsViewer } from '../comes-as-viewer.ts';
import { CameraPreview } from './camera-preview.tsx';
import { DeviceFields } from './device-fields.tsx';
import { JoinForm, type JoinAction } from './join-form.tsx';
import { PrejoinGrid } from './prejoin-grid.tsx';
import { ViewerNote } from './viewer-note.tsx';

interface PrejoinProps {
  room: Room;
  media: LocalMedia;
  local: LocalMediaState;
  joining: boolean;
  error: AppError | undefined;
  /** The meeting ended while this person was at its door. */
  over: boolean;
  onJoin: JoinAction;
}

export function Prejoin({ room, media, local, joining, error, over, onJoin }: PrejoinProps) {
  const { t } = useTranslation(['meeting', 'admission']);
  const { user } = useAuth();
  const viewer = comesAsViewer(room);
  useShortcuts(viewer ? {} : mediaShortcuts(media));
  const refused = !user && (!room.settings.guestsAllowed || error?.code === 'GUESTS_NOT_ALLOWED');
  return (
    <PrejoinGrid>
      <title>{`${room.name} · VCallPe`}</title>
      <Box sx={{ gridArea: 'picture' }}>
        {viewer ? <ViewerNote /> : <CameraPreview media={media} local={local} />}
      </Box>
      <Stack spacing={3} sx={{ gridArea: 'form' }}>
        <Box>
          <Typography variant="h2" component="h1" sx={{ overflowWrap: 'anywhere' }}>
            {room.name}
          </Typography>
          <Typography sx={{ color: 'text.secondary' }}>{room.code}</Typography>
        </Box>
        {over && <Typography role="status">{t('admission:prejoin.over')}</Typography>}
        {refused ? (
          <GuestsRefused />
        ) : (
          <JoinForm
            key={user?.id}
            passwordNeeded={
              !room.isOwner && (room.hasPassword || error?.code.startsWith('PASSWORD_') === true)
            }
            asks={room.settings.lobby && !room.isOwner}
            {...{ user, joining, error, onJoin }}
          />
        )}
        <MediaProblems media={media} local={local} />
        <Link component={RouterLink} to={`/doctor?meeting=${room.code}`} variant="body2">
          {t('prejoin.check')}
        </Link>
      </Stack>
      {!viewer && (
        <Box sx={{ gridArea: 'devices' }}>
          <DeviceFields media={media} local={local} />
        </Box>
      )}
    </PrejoinGrid>
  );
}

function GuestsRefused() {
  const { t } = useTranslation(['meeting', 'common']);
  const { requireSignIn } = useAuth();
  return (
    <Stack spacing={2}>
      <Typography>{t('prejoin.needsAccount')}</Typography>
      <Button variant="contained" size="large" onClick={() => requireSignIn()}>
        {t('common:signIn')}
      </Button>
    </Stack>
  );
}
