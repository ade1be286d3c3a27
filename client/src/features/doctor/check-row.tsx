import CheckCircleOutlineRounded from '@mui/icons-material/CheckCircleOutlineRounded';
import ErrorOutlineRounded from '@mui/icons-material/ErrorOutlineRounded';
import RadioButtonUncheckedRounded from '@mui/icons-material/RadioButtonUncheckedRounded';
import WarningAmberRounded from '@mui/icons-material/WarningAmberRounded';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLevel } from '../../hooks/use-level.ts';
import type { Check, CheckStatus } from './check.ts';

const MARKS: Record<CheckStatus, ReactNode> = {
  waiting: <RadioButtonUncheckedRounded sx={{ color: 'text.disabled' }} />,
  running: <CircularProgress size={20} aria-hidden="true" />,
  good: <CheckCircleOutlineRounded color="success" />,
  doubtful: <WarningAmberRounded color="warning" />,
  wrong: <ErrorOutlineRounded color="error" />,
};

interface CheckRowProps {
  check: Check;
  /** While this is the microphone's line and it is listened to. */
  track: MediaStreamTrack | undefined;
}

export function CheckRow({ check: { id, status, findings }, track }: CheckRowProps) {
  const { t } = useTranslation('doctor');
  return (
    <Stack
      component="li"
      direction="row"
      spacing={1.5}
      sx={{ px: 2, py: 1.5, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}
    >
      <Box
        role="img"
        aria-label={t(`marks.${status}`)}
        sx={{ display: 'grid', placeItems: 'center', width: 24, height: 24 }}
      >
        {MARKS[status]}
      </Box>
      <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        <Typography
          component="h2"
          variant="subtitle1"
          sx={{ color: status === 'waiting' ? 'text.secondary' : undefined }}
        >
          {t(`checks.${id}`)}
        </Typography>
        {status === 'running' && (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {t(`doing.${id}`)}
          </Typography>
        )}
        {track && <LevelLine track={track} />}
        {findings.map(({ says, next }) => (
          <Box key={says} sx={{ '& + &': { mt: 1 } }}>
            <Typography variant="body2">{says}</Typography>
            {next !== undefined && (
              <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                {next}
              </Typography>
            )}
          </Box>
        ))}
      </Box>
    </Stack>
  );
}

/** How loud it is now, so that one sees at once that one is heard. */
function LevelLine({ track }: { track: MediaStreamTrack }) {
  const { t } = useTranslation('doctor');
  const level = useLevel(track);
  return (
    <LinearProgress
      variant="determinate"
      value={level * 100}
      aria-label={t('level')}
      sx={{ mt: 1, maxWidth: 320, bgcolor: 'divider', borderRadius: (theme) => theme.vars.shape.pillRadius }}
    />
  );
}
