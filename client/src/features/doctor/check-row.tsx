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
import { useLevel } from '../../hooks/use-level.ts';
import { CHECK_TITLES, type Check, type CheckId, type CheckStatus } from './check.ts';

/** What stands in a line until there is a result. */
const DOING: Record<CheckId, string> = {
  browser: 'Looking at what it can do',
  microphone: 'Say something',
  camera: 'Waiting for a picture',
  service: 'Asking to be let in',
  relays: 'Asking each server',
  path: 'Looking for a way',
  quality: 'Measuring for some seconds',
};

const MARKS: Record<CheckStatus, { mark: ReactNode; name: string }> = {
  waiting: { mark: <RadioButtonUncheckedRounded sx={{ color: 'text.disabled' }} />, name: 'Not looked at' },
  running: { mark: <CircularProgress size={20} aria-hidden="true" />, name: 'Under way' },
  good: { mark: <CheckCircleOutlineRounded color="success" />, name: 'Good' },
  doubtful: { mark: <WarningAmberRounded color="warning" />, name: 'Could be better' },
  wrong: { mark: <ErrorOutlineRounded color="error" />, name: 'Wrong' },
};

interface CheckRowProps {
  check: Check;
  /** While this is the microphone's line and it is listened to. */
  track: MediaStreamTrack | undefined;
}

export function CheckRow({ check: { id, status, findings }, track }: CheckRowProps) {
  const { mark, name } = MARKS[status];
  return (
    <Stack
      component="li"
      direction="row"
      spacing={1.5}
      sx={{ px: 2, py: 1.5, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}
    >
      <Box role="img" aria-label={name} sx={{ display: 'grid', placeItems: 'center', width: 24, height: 24 }}>
        {mark}
      </Box>
      <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        <Typography
          component="h2"
          variant="subtitle1"
          sx={{ color: status === 'waiting' ? 'text.secondary' : undefined }}
        >
          {CHECK_TITLES[id]}
        </Typography>
        {status === 'running' && (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {DOING[id]}
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
  const level = useLevel(track);
  return (
    <LinearProgress
      variant="determinate"
      value={level * 100}
      aria-label="Microphone level"
      sx={{ mt: 1, maxWidth: 320, bgcolor: 'divider', borderRadius: (theme) => theme.vars.shape.pillRadius }}
    />
  );
}
