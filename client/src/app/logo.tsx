import Box from '@mui/material/Box';
import { STAGE } from './theme.ts';

/** The mark alone; whoever places it gives the name beside it. The same drawing is public/favicon.svg. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <Box component="svg" viewBox="0 0 32 32" aria-hidden sx={{ width: size, height: size, flexShrink: 0 }}>
      <rect width="32" height="32" rx="9" fill={STAGE.accent} />
      <Box
        component="path"
        d="M8.5 10.5 14.6 22 23 8.8"
        sx={{
          fill: 'none',
          stroke: (theme) => theme.vars.palette.common.white,
          strokeWidth: 3.6,
          strokeLinecap: 'round',
          strokeLinejoin: 'round',
        }}
      />
    </Box>
  );
}
