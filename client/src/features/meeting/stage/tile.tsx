import BackHandRounded from '@mui/icons-material/BackHandRounded';
import MicOffRounded from '@mui/icons-material/MicOffRounded';
import ScreenShareRounded from '@mui/icons-material/ScreenShareRounded';
import Box from '@mui/material/Box';
import { keyframes } from '@mui/material/styles';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QualityLog } from '../../../conference/quality/log.ts';
import { hueOf, initialsOf } from '../../../lib/media/initials.ts';
import type { Playback } from '../../../lib/media/playback.ts';
import { QualityMark } from '../quality/quality-mark.tsx';
import { TrackVideo } from '../track-video.tsx';
import { PinButton } from './pin-button.tsx';
import type { Rect } from './stage-layout.ts';
import type { TileView } from './tiles.ts';

interface TileProps extends Omit<TileView, 'key'>, Rect {
  /** The `key` of its view. */
  tileKey: string;
  pinned: boolean;
  /** Undefined while there is nothing to choose between. */
  onTogglePin: ((tileKey: string) => void) | undefined;
  playback: Playback;
  quality: QualityLog;
}

const breath = keyframes({ '50%': { opacity: 0.45 } });

/**
 * One person, or a screen: picture or initials, name, and whether they are muted or speaking. Every property is a
 * plain value or lasts, so that news of others draws nothing here.
 */
export const Tile = memo(function Tile(props: TileProps) {
  const { peerId, participantId, source, displayName, isSelf, muted, speaking, loading, video } = props;
  const {
    limited,
    still,
    away,
    hand,
    left,
    top,
    width,
    height,
    tileKey,
    pinned,
    onTogglePin,
    playback,
    quality,
  } = props;
  const { t } = useTranslation(['common', 'layout', 'meeting']);
  const person = isSelf ? t('you', { name: displayName }) : displayName;
  const name = source === 'screen' ? t('layout:shares.of', { name: person }) : person;
  return (
    <Box
      role="group"
      aria-label={name}
      data-peer={peerId}
      data-muted={muted}
      data-speaking={speaking}
      data-limited={limited}
      data-still={still}
      data-away={away}
      data-hand={hand}
      data-video={video ? 'on' : 'off'}
      aria-busy={loading}
      style={{ left, top, width, height }}
      sx={{
        position: 'absolute',
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
      <Box sx={{ opacity: away ? 0.5 : 1 }}>
        <Initials source={source} participantId={participantId} displayName={displayName} loading={loading} />
        {video && (
          <TrackVideo
            track={video}
            playback={playback}
            peerId={isSelf ? undefined : peerId}
            source={source}
          />
        )}
      </Box>
      {away ? (
        <Note text={t('meeting:away')} />
      ) : (
        (limited || still) && <Note text={t(limited ? 'meeting:limited' : 'meeting:still')} long />
      )}
      <NamePill name={name} muted={muted} hand={hand} />
      <QualityMark
        quality={quality}
        peerId={isSelf ? undefined : peerId}
        beside={!onTogglePin ? 'nothing' : pinned ? 'button' : 'hiddenButton'}
      />
      {onTogglePin && <PinButton name={name} pinned={pinned} onToggle={() => onTogglePin(tileKey)} />}
    </Box>
  );
});

/** Stands in for a picture that is off, or on its way. */
function Initials({
  source,
  participantId,
  displayName,
  loading,
}: Pick<TileProps, 'source' | 'participantId' | 'displayName' | 'loading'>) {
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
          // On its way: a slow breath, and nothing that moves.
          loading && {
            '@media (prefers-reduced-motion: no-preference)': {
              animation: `${breath} 1.6s ease-in-out infinite`,
            },
          },
          (theme) => theme.mixins.person(hueOf(participantId)),
        ]}
      >
        {source === 'screen' ? <ScreenShareRounded fontSize="inherit" /> : initialsOf(displayName)}
      </Box>
    </Box>
  );
}

/** What is wrong with the picture, where there is room to say it. */
function Note({ text, long = false }: { text: string; long?: boolean }) {
  return (
    <Box
      sx={{
        position: 'absolute',
        // Between the marks of the corners.
        insetInline: 48,
        top: 8,
        display: 'flex',
        justifyContent: 'center',
        '@container (max-height: 110px)': long ? { display: 'none' } : { insetInline: 4, top: 4 },
      }}
    >
      <Box
        sx={{
          px: 1,
          py: 0.25,
          borderRadius: (theme) => theme.vars.shape.pillRadius,
          bgcolor: 'stage.pill',
          color: 'stage.contrastText',
          textAlign: 'center',
          fontSize: 'clamp(11px, 5cqw, 13px)',
        }}
      >
        {text}
      </Box>
    </Box>
  );
}

function NamePill({ name, muted, hand }: Pick<TileProps, 'muted' | 'hand'> & { name: string }) {
  const { t } = useTranslation(['meeting', 'layout']);
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
        bgcolor: hand === undefined ? 'stage.pill' : 'stage.warning',
        color: hand === undefined ? 'stage.contrastText' : 'stage.warningContrastText',
        fontSize: 'clamp(11px, 5cqw, 13px)',
        lineHeight: 1.5,
      }}
    >
      {hand !== undefined && (
        <Box
          role="img"
          aria-label={t('layout:hand', { place: hand })}
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 0.25,
            flex: 'none',
            fontWeight: 'fontWeightBold',
          }}
        >
          <BackHandRounded sx={{ fontSize: '1.1em' }} />
          {hand}
        </Box>
      )}
      {muted && <MicOffRounded titleAccess={t('meeting:muted')} sx={{ fontSize: '1.2em', flex: 'none' }} />}
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        {name}
      </Box>
    </Box>
  );
}
