/** How busy a core is: a bar for now, a line for the minutes before, and the figure. */
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import { formatPercent } from '../../i18n/format.ts';

/** From here on packets begin to wait: 300 senders took 43 % of each of two cores, and 82 % of a single one still held. */
const BUSY = 0.8;

interface CpuMeterProps {
  /** Whose CPU it is, for those who hear it. */
  label: string;
  /** 1 is one core in full use. */
  cpu: number;
  /** Earlier values, the oldest first. */
  history: readonly number[];
}

export function CpuMeter({ label, cpu, history }: CpuMeterProps) {
  return (
    <Stack direction="row" spacing={{ xs: 0.5, sm: 1.5 }} sx={{ alignItems: 'center' }}>
      <LinearProgress
        variant="determinate"
        value={Math.min(100, cpu * 100)}
        color={cpu > BUSY ? 'warning' : 'primary'}
        aria-label={label}
        sx={{ width: { xs: 40, sm: 96 }, height: 8, borderRadius: 1 }}
      />
      <Box component="span" sx={{ minWidth: 44, textAlign: 'right' }}>
        {formatPercent(cpu)}
      </Box>
      <Sparkline values={history} />
    </Stack>
  );
}

const WIDTH = 72;
const HEIGHT = 20;

/** Decoration beside the figure: from 0 to 1, the newest at the right. */
function Sparkline({ values }: { values: readonly number[] }) {
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values
    .map((value, index) => `${(index * step).toFixed(1)},${((1 - Math.min(1, value)) * HEIGHT).toFixed(1)}`)
    .join(' ');
  return (
    <Box
      component="svg"
      aria-hidden
      viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
      sx={{ display: { xs: 'none', sm: 'block' }, width: WIDTH, height: HEIGHT, flexShrink: 0 }}
    >
      <Box
        component="polyline"
        points={points}
        sx={{ fill: 'none', stroke: (theme) => theme.vars.palette.text.secondary, strokeWidth: 1.5 }}
      />
    </Box>
  );
}
