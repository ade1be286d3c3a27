/** The whole node in one line of figures. */
import Card from '@mui/material/Card';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { AdminNode } from '@vcallpe/shared';
import { formatBytes, formatDateTime, formatShare, formatTime } from './format.ts';

export function Totals({ node: { totals, process, at, startedAt } }: { node: AdminNode }) {
  const figures: [string, string | number][] = [
    ['Meetings', totals.rooms],
    ['Peers', totals.peers],
    ['Producers', totals.producers],
    ['Consumers', totals.consumers],
    ['Pipes', totals.pipes],
    ['Signaling CPU', formatShare(process.cpu)],
    ['Signaling memory', formatBytes(process.memoryBytes)],
  ];
  return (
    <Card sx={{ px: 2, py: 1.5 }}>
      <Stack
        component="dl"
        direction="row"
        useFlexGap
        sx={{ flexWrap: 'wrap', columnGap: 4, rowGap: 1, m: 0, fontVariantNumeric: 'tabular-nums' }}
      >
        {figures.map(([name, value]) => (
          <Stack key={name} direction="column-reverse">
            <Typography component="dt" variant="caption" sx={{ color: 'text.secondary' }}>
              {name}
            </Typography>
            <Typography component="dd" variant="subtitle1" sx={{ m: 0 }}>
              {value}
            </Typography>
          </Stack>
        ))}
      </Stack>
      <Typography variant="caption" sx={{ color: 'text.secondary' }}>
        Updated {formatTime(at)} · running since {formatDateTime(startedAt)}
      </Typography>
    </Card>
  );
}
