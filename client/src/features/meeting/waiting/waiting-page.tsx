/** At the door: what one waits for, what the hosts say meanwhile, and one's picture as it will be seen. */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Room } from '@vcallpe/shared';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConferenceState } from '../../../conference/state.ts';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import { comesAsViewer } from '../comes-as-viewer.ts';
import { CameraPreview } from '../prejoin/camera-preview.tsx';
import { DeviceFields } from '../prejoin/device-fields.tsx';
import { PrejoinGrid } from '../prejoin/prejoin-grid.tsx';
import { ViewerNote } from '../prejoin/viewer-note.tsx';

interface WaitingPageProps {
  room: Room;
  waiting: ConferenceState['waiting'];
  media: LocalMedia;
  local: LocalMediaState;
  onLeave: () => void;
}

export function WaitingPage({ room, waiting, media, local, onLeave }: WaitingPageProps) {
  const { t } = useTranslation('admission');
  const title = useRef<HTMLHeadingElement>(null);
  // The button that brought one here is gone, and the focus with it.
  useEffect(() => title.current?.focus(), []);
  const viewer = comesAsViewer(room);
  const reason = waiting?.for ?? 'admission';
  return (
    <PrejoinGrid>
      <title>{`${t('waiting.title', { room: room.name })} · VCallPe`}</title>
      <Box sx={{ gridArea: 'picture' }}>
        {viewer ? <ViewerNote /> : <CameraPreview media={media} local={local} />}
      </Box>
      <Stack spacing={3} sx={{ gridArea: 'form' }}>
        <Box>
          <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{room.name}</Typography>
          <Typography
            variant="h2"
            component="h1"
            ref={title}
            tabIndex={-1}
            sx={{ outline: 'none', overflowWrap: 'anywhere' }}
          >
            {t(`waiting.${reason}.title`)}
          </Typography>
        </Box>
        <LinearProgress aria-hidden />
        <Typography>{t(`waiting.${reason}.body`)}</Typography>
        <Stack role="status" spacing={2}>
          {!waiting && <Typography>{t('waiting.reconnecting')}</Typography>}
          {waiting?.message && (
            <Alert role="none" severity="info" variant="outlined" sx={{ overflowWrap: 'anywhere' }}>
              <Typography component="p" variant="body2">
                {t('waiting.message', { from: waiting.message.from })}
              </Typography>
              {waiting.message.text}
            </Alert>
          )}
        </Stack>
        <Button variant="outlined" color="inherit" size="large" onClick={onLeave}>
          {t('waiting.leave')}
        </Button>
      </Stack>
      {!viewer && (
        <Box sx={{ gridArea: 'devices' }}>
          <DeviceFields media={media} local={local} />
        </Box>
      )}
    </PrejoinGrid>
  );
}
