import Box from '@mui/material/Box';
import type { Ref } from 'react';
import type { QualityLog } from '../../../conference/quality/log.ts';
import type { Playback } from '../../../lib/media/playback.ts';
import { Tile } from './tile.tsx';
import type { Stage } from './use-stage.ts';

interface TileGridProps {
  /** The stage itself, whose size the layout follows. */
  ref: Ref<HTMLElement>;
  stage: Pick<Stage, 'tiles' | 'rects' | 'pinnedKey' | 'togglePin'>;
  playback: Playback;
  quality: QualityLog;
}

/** The tiles of this page. All of them are siblings, so that no picture starts anew when one is pinned. */
export function TileGrid({ ref, stage, playback, quality }: TileGridProps) {
  const { tiles, rects, pinnedKey, togglePin } = stage;
  return (
    <Box ref={ref} sx={{ position: 'relative', flex: 1, minWidth: 0, minHeight: 0, overflow: 'hidden' }}>
      {tiles.map(({ key, ...tile }, index) => {
        const rect = rects[index];
        return (
          rect && (
            <Tile
              key={key}
              tileKey={key}
              {...tile}
              {...rect}
              pinned={key === pinnedKey}
              onTogglePin={togglePin}
              playback={playback}
              quality={quality}
            />
          )
        );
      })}
    </Box>
  );
}
