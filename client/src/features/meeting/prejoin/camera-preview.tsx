import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { usePlayback } from '../../../hooks/use-playback.ts';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import { MediaToggle } from '../media-toggle.tsx';
import { TrackVideo } from '../track-video.tsx';

interface CameraPreviewProps {
  media: LocalMedia;
  local: LocalMediaState;
}

/** One's own picture as others will see it, mirrored, with the switches to join muted or unseen. */
export function CameraPreview({ media, local }: CameraPreviewProps) {
  const { t } = useTranslation('meeting');
  const { camera } = local;
  const { playback } = usePlayback();
  return (
    <Box
      sx={{
        position: 'relative',
        aspectRatio: '16 / 9',
        overflow: 'hidden',
        borderRadius: (theme) => theme.vars.shape.tileRadius,
        bgcolor: 'stage.tile',
        color: 'stage.mutedText',
      }}
    >
      <Typography
        role="status"
        sx={{
          position: 'absolute',
          inset: 0,
          display: 'grid',
          placeItems: 'center',
          textAlign: 'center',
          px: 3,
          pb: 6,
        }}
      >
        {camera.track ? '' : camera.opening ? t('prejoin.opening') : t('prejoin.cameraOff')}
      </Typography>
      {camera.track && <TrackVideo track={camera.track} playback={playback} />}
      <Stack
        direction="row"
        spacing={1.5}
        sx={{ position: 'absolute', insetInline: 0, bottom: 16, justifyContent: 'center' }}
      >
        <MediaToggle source="microphone" media={media} local={local} />
        <MediaToggle source="camera" media={media} local={local} />
      </Stack>
    </Box>
  );
}
