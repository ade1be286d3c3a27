import MicOffRounded from '@mui/icons-material/MicOffRounded';
import Box from '@mui/material/Box';
import { memo } from 'react';
import { hueOf, initialsOf } from '../../../lib/media/initials.ts';
import type { Playback } from '../../../lib/media/playback.ts';
import { TrackVideo } from '../track-video.tsx';

interface TileProps {
  peerId: string;
  participantId: string;
  displayName: string;
  isSelf: boolean;
  muted: boolean;
  speaking: boolean;
  video: MediaStreamTrack | undefined;
  playback: Playback;
  /** Of the tile, px. */
  width: number;
  height: number;
}

/** One person: picture or initials, name, and whether they are muted or speaking. */
export const Tile = memo(function Tile(props: TileProps) {
  const { peerId, participantId, displayName, isSelf, muted, speaking, video, playback, width, height } =
    props;
  const name = isSelf ? `${displayName} (you)` : displayName;
  return (
    <Box
      role="group"
      aria-label={name}
      data-peer={peerId}
      data-muted={muted}
      data-speaking={speaking}
      data-video={video ? 'on' : 'off'}
      style={{ width, height }}
      sx={{
        position: 'relative',
        flex: 'none',
        overflow: 'hidden',
        containerType: 'size',
        borderRadius: (theme) => theme.vars.shape.tileRadius,
        bgcolor: 'stage.tile',
        // The ring lies over the picture, so that it never moves anything.
        '&::after': {
          content: '""',
          position: 'absolute',
          inset: 0,
          borderRadius: 'inherit',
          pointerEvents: 'none',
          border: '2px solid',
          borderColor: 'stage.accent',
          opacity: speaking ? 1 : 0,
          transition: (theme) => theme.transitions.create('opacity'),
        },
      }}
    >
      <Initials participantId={participantId} displayName={displayName} />
      {video && <TrackVideo track={video} playback={playback} peerId={isSelf ? undefined : peerId} />}
      <NamePill name={name} muted={muted} />
    </Box>
  );
});

function Initials({ participantId, displayName }: Pick<TileProps, 'participantId' | 'displayName'>) {
  return (
    <Box
      aria-hidden
      sx={{
        position: 'absolute',
        inset: 0,
        display: 'grid',
        placeItems: 'center',
        // In a tile this small the name would lie over the initials.
        '@container (max-height: 110px)': { alignItems: 'start', pt: '8cqh' },
      }}
    >
      <Box
        sx={[
          {
            display: 'grid',
            placeItems: 'center',
            height: 'min(42cqh, 128px)',
            aspectRatio: '1',
            borderRadius: '50%',
            fontSize: 'min(16cqh, 48px)',
            fontWeight: 'fontWeightMedium',
          },
          (theme) => theme.mixins.person(hueOf(participantId)),
        ]}
      >
        {initialsOf(displayName)}
      </Box>
    </Box>
  );
}

function NamePill({ name, muted }: { name: string; muted: boolean }) {
  return (
    <Box
      sx={{
        position: 'absolute',
        left: 'min(8px, 3cqw)',
        bottom: 'min(8px, 3cqw)',
        maxWidth: 'calc(100% - 2 * min(8px, 3cqw))',
        display: 'flex',
        alignItems: 'center',
        gap: 0.5,
        px: 1,
        py: 0.25,
        borderRadius: (theme) => theme.vars.shape.pillRadius,
        bgcolor: 'stage.pill',
        color: 'stage.contrastText',
        fontSize: 'clamp(11px, 5cqw, 13px)',
        lineHeight: 1.5,
      }}
    >
      {muted && <MicOffRounded titleAccess="Muted" sx={{ fontSize: '1.2em', flex: 'none' }} />}
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        {name}
      </Box>
    </Box>
  );
}
