import Box from '@mui/material/Box';
import { useElementSize } from '../../../hooks/use-element-size.ts';
import type { Playback } from '../../../lib/media/playback.ts';
import { layoutTiles } from './layout-tiles.ts';
import { Tile } from './tile.tsx';
import type { TileView } from './tiles.ts';

const GAP_PX = 8;
const ASPECT = 16 / 9;

interface TileGridProps {
  tiles: readonly TileView[];
  playback: Playback;
}

/** Everyone, as large as the stage allows. */
export function TileGrid({ tiles, playback }: TileGridProps) {
  const [ref, size] = useElementSize();
  const layout = size && layoutTiles(tiles.length, size.width, size.height, { gap: GAP_PX, aspect: ASPECT });
  return (
    <Box
      ref={ref}
      sx={{ flex: 1, minWidth: 0, minHeight: 0, display: 'grid', placeContent: 'center', overflow: 'hidden' }}
    >
      {layout && (
        <Box
          style={{ width: layout.columns * (layout.tileWidth + GAP_PX) - GAP_PX, gap: GAP_PX }}
          sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'center' }}
        >
          {tiles.map(({ key, ...tile }) => (
            <Tile
              key={key}
              {...tile}
              video={tile.video}
              playback={playback}
              width={layout.tileWidth}
              height={layout.tileHeight}
            />
          ))}
        </Box>
      )}
    </Box>
  );
}
