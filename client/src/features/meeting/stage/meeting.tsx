/** The meeting: who is in it on a near-black stage in either theme, and one bar of controls below. */
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import type { Tile as ShownTile } from '@vcallpe/shared';
import { useEffect } from 'react';
import type { ConferenceState } from '../../../conference/state.ts';
import { useCopyLink } from '../../../hooks/use-copy-link.ts';
import { useElementSize } from '../../../hooks/use-element-size.ts';
import { usePlayback } from '../../../hooks/use-playback.ts';
import { useShortcuts } from '../../../hooks/use-shortcuts.ts';
import { useWakeLock } from '../../../hooks/use-wake-lock.ts';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import { MediaProblems } from '../media-problems.tsx';
import { mediaShortcuts } from '../media-shortcuts.ts';
import { AloneCard } from './alone-card.tsx';
import { Banners } from './banners.tsx';
import { ControlBar } from './control-bar.tsx';
import { MeetingHeader } from './meeting-header.tsx';
import { RemoteSound } from './remote-sound.tsx';
import { TileGrid } from './tile-grid.tsx';
import { useStage } from './use-stage.ts';
import { usePresenceToasts } from './use-presence-toasts.ts';

interface MeetingProps {
  room: { code: string; name: string };
  state: ConferenceState;
  media: LocalMedia;
  local: LocalMediaState;
  onLeave: () => void;
  onRetryNow: () => void;
  onShow: (tiles: readonly ShownTile[]) => void;
}

export function Meeting({ room, state, media, local, onLeave, onRetryNow, onShow }: MeetingProps) {
  const { playback, refused } = usePlayback();
  const copyLink = useCopyLink(room.code);
  useShortcuts(mediaShortcuts(media));
  usePresenceToasts(state);
  useWakeLock();
  const [stageRef, stageSize] = useElementSize();
  const stage = useStage(state, local, stageSize, onShow);
  // What was wrong before joining was said there, and one has joined without; here only news is told.
  useEffect(() => media.dismissProblems(), [media]);
  const { others, joinedAt = 0 } = state;

  return (
    <Box
      data-color-scheme="dark"
      component="main"
      sx={{
        position: 'fixed',
        inset: 0,
        display: 'flex',
        flexDirection: 'column',
        bgcolor: 'stage.main',
        color: 'stage.contrastText',
        typography: 'body2',
        pb: 'env(safe-area-inset-bottom)',
      }}
    >
      <title>{`${room.name} · VCallPe`}</title>
      <MeetingHeader
        name={room.name}
        joinedAt={joinedAt}
        people={others.length + 1}
        page={stage.page}
        pages={stage.pages}
        turn={stage.turn}
      />
      <Stack spacing={0.5} sx={{ px: 1 }}>
        <Banners
          state={state}
          soundRefused={refused}
          onRetryNow={onRetryNow}
          onPlaySound={() => playback.startRefused()}
        />
      </Stack>
      <Box
        sx={{
          position: 'relative',
          flex: 1,
          minHeight: 0,
          display: 'flex',
          flexDirection: { xs: 'column', sm: 'row' },
          gap: 1,
          p: 1,
        }}
      >
        <TileGrid ref={stageRef} stage={stage} playback={playback} />
        {others.length === 0 && <AloneCard code={room.code} onCopy={copyLink} />}
        <Stack
          spacing={1}
          sx={{
            position: 'absolute',
            left: 8,
            bottom: 8,
            width: 'min(420px, 100% - 16px)',
            maxHeight: 1,
            overflow: 'auto',
          }}
        >
          <MediaProblems media={media} local={local} dismissible />
        </Stack>
      </Box>
      <ControlBar media={media} local={local} onCopyLink={copyLink} onLeave={onLeave} />
      <RemoteSound others={others} playback={playback} speakerId={local.speakerId} />
    </Box>
  );
}
