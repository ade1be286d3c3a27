/** The path and the figures of this moment, and what they were in the last two minutes. */
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QualityNow, QualityState } from '../../../conference/quality/log.ts';
import { formatBps } from '../../../i18n/format.ts';
import { Chart } from './chart.tsx';
import { curvesOf } from './curves.ts';
import { formatLoss, formatMs, lacksUdp, pathWords } from './words.ts';

export function Figures({ now }: { now: QualityNow }) {
  const { t } = useTranslation('quality');
  const { send, recv } = now;
  const rttMs = (send.path ?? recv.path)?.rttMs;
  return (
    <Box
      component="dl"
      sx={{ m: 0, display: 'grid', gridTemplateColumns: '1fr auto', columnGap: 2, rowGap: 0.5 }}
    >
      <Figure label={t('path.label')}>{pathWords(now)}</Figure>
      {lacksUdp(now) && (
        <Typography
          component="dd"
          variant="caption"
          sx={{ gridColumn: '1 / -1', m: 0, color: 'stage.mutedText' }}
        >
          {t('path.noUdp')}
        </Typography>
      )}
      <Figure label={t('figure.rtt')}>{formatMs(rttMs)}</Figure>
      <Figure label={t('figure.jitter')}>{formatMs(recv.jitterMs ?? send.jitterMs)}</Figure>
      <Figure label={t('figure.sentBps')}>{send.bps === undefined ? '–' : formatBps(send.bps)}</Figure>
      <Figure label={t('figure.receivedBps')}>{recv.bps === undefined ? '–' : formatBps(recv.bps)}</Figure>
      {send.availableBps !== undefined && (
        <Figure label={t('figure.available')}>{formatBps(send.availableBps)}</Figure>
      )}
      <Figure label={t('figure.sentLoss')}>{formatLoss(send.loss)}</Figure>
      <Figure label={t('figure.receivedLoss')}>{formatLoss(recv.loss)}</Figure>
    </Box>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <Typography component="dt" variant="body2" sx={{ color: 'stage.mutedText' }}>
        {label}
      </Typography>
      <Typography
        component="dd"
        variant="body2"
        sx={{ m: 0, textAlign: 'right', fontVariantNumeric: 'tabular-nums' }}
      >
        {children}
      </Typography>
    </>
  );
}

export function Charts({ history }: Pick<QualityState, 'history'>) {
  const { t } = useTranslation('quality');
  return (
    <Stack spacing={1.5}>
      <Chart
        title={t('chart.bitrate')}
        labels={[t('chart.sent'), t('chart.received')]}
        curves={curvesOf(history, ['sentBps', 'receivedBps'])}
        format={formatBps}
        atLeast={200_000}
      />
      <Chart
        title={t('chart.delay')}
        labels={[t('chart.rtt'), t('chart.jitter')]}
        curves={curvesOf(history, ['rttMs', 'jitterMs'])}
        format={formatMs}
        atLeast={50}
      />
      <Chart
        title={t('chart.loss')}
        labels={[t('chart.sent'), t('chart.received')]}
        curves={curvesOf(history, ['sentLoss', 'receivedLoss'])}
        format={formatLoss}
        atLeast={0.05}
      />
    </Stack>
  );
}
