/** The whole node in one line of figures. */
import Card from '@mui/material/Card';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { AdminNode } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { formatPercent } from '../../i18n/format.ts';
import { clockTime, dateTime, formatBytes } from './format.ts';

export function Totals({ node: { totals, process, at, startedAt } }: { node: AdminNode }) {
  const { t } = useTranslation('admin');
  const figures: [string, string | number][] = [
    [t('totals.meetings'), totals.rooms],
    [t('totals.peers'), totals.peers],
    [t('totals.producers'), totals.producers],
    [t('totals.consumers'), totals.consumers],
    [t('totals.pipes'), totals.pipes],
    [t('totals.cpu'), formatPercent(process.cpu)],
    [t('totals.memory'), formatBytes(process.memoryBytes)],
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
        {t('totals.times', { at: clockTime(at), startedAt: dateTime(startedAt) })}
      </Typography>
    </Card>
  );
}
