/** A drawing of a call, for those who have no meetings to show: tiles, a name on each, one of them speaking. */
import Box from '@mui/material/Box';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Picture = styled('svg')(({ theme }) => {
  const { stage, divider } = theme.vars.palette;
  return {
    display: 'block',
    width: '100%',
    height: 'auto',
    '.stage': { fill: stage.main, stroke: divider },
    '.tile': { fill: stage.tile },
    '.speaking': { fill: 'none', stroke: stage.accent, strokeWidth: 3 },
    '.pill': { fill: stage.pill },
    '.name': { fill: stage.contrastText, opacity: 0.75 },
    '.control': { fill: stage.border },
    '.leave': { fill: stage.danger },
    '.mark': {
      fill: 'none',
      stroke: stage.contrastText,
      strokeWidth: 2.2,
      strokeLinecap: 'round',
      strokeLinejoin: 'round',
    },
  };
});

/** Head and shoulders in a hue of a person's, cut off by the tile. */
const Figure = styled('g', { shouldForwardProp: (prop) => prop !== 'hue' })<{ hue: number }>(
  ({ theme, hue }) => ({
    fill: theme.mixins.person(hue).backgroundColor,
  }),
);

const TILE = { width: 272, height: 153 };

interface TileProps {
  x: number;
  y: number;
  hue: number;
  /** Length of the bar that stands for the name. */
  name: number;
  speaking?: boolean;
}

function Tile({ x, y, hue, name, speaking = false }: TileProps) {
  const clip = `tile-${x}-${y}`;
  return (
    <g transform={`translate(${x} ${y})`}>
      <clipPath id={clip}>
        <rect {...TILE} rx="12" />
      </clipPath>
      <rect className="tile" {...TILE} rx="12" />
      <Figure hue={hue} clipPath={`url(#${clip})`}>
        <circle cx="136" cy="66" r="27" />
        <path d="M76 160c0-36 26-56 60-56s60 20 60 56z" />
      </Figure>
      <rect className="pill" x="10" y="123" width={name + 20} height="20" rx="10" />
      <rect className="name" x="20" y="130" width={name} height="6" rx="3" />
      {speaking && <rect className="speaking" {...TILE} rx="12" />}
    </g>
  );
}

function Control({
  x,
  className = 'control',
  children,
}: {
  x: number;
  className?: string;
  children: ReactNode;
}) {
  return (
    <g transform={`translate(${x} 378)`}>
      <circle className={className} r="20" />
      <g className="mark">{children}</g>
    </g>
  );
}

export function TilesPicture() {
  return (
    <Box aria-hidden>
      <Picture viewBox="0 0 600 418">
        <rect className="stage" x="0.5" y="0.5" width="599" height="417" rx="20" />
        <Tile x={24} y={24} hue={172} name={58} speaking />
        <Tile x={304} y={24} hue={262} name={42} />
        <Tile x={24} y={185} hue={24} name={50} />
        <Tile x={304} y={185} hue={212} name={66} />
        <Control x={246}>
          <path d="M0-8.5a3.4 3.4 0 0 1 3.4 3.4v4.2a3.4 3.4 0 0 1-6.8 0v-4.2A3.4 3.4 0 0 1 0-8.5zM-6.6-1.4a6.6 6.6 0 0 0 13.2 0M0 5.4v3.2" />
        </Control>
        <Control x={300}>
          <path d="M-9-5.2h12v10.4h-12zM3-1.4l6-3.4v9.6l-6-3.4" />
        </Control>
        <Control x={354} className="leave">
          <path d="M-8.6 2.6c4.8-5 12.4-5 17.2 0l-2.6 2.2-3.4-1.8v-2.4a9.6 9.6 0 0 0-5.2 0v2.4l-3.4 1.8z" />
        </Control>
      </Picture>
    </Box>
  );
}
