import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useLevel } from '../../../hooks/use-level.ts';

/** How loud the microphone is: the proof that one will be heard. */
export function LevelBar({ track }: { track: MediaStreamTrack | undefined }) {
  const { t } = useTranslation('meeting');
  const level = useLevel(track);
  return (
    <Box
      role="meter"
      aria-label={t('prejoin.level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(level * 100)}
      sx={{
        height: 4,
        borderRadius: (theme) => theme.vars.shape.pillRadius,
        bgcolor: 'divider',
        overflow: 'hidden',
      }}
    >
      <Box
        style={{ transform: `scaleX(${level})` }}
        sx={{
          height: 1,
          bgcolor: 'primary.main',
          transformOrigin: 'left',
          transition: (theme) => theme.transitions.create('transform', { duration: 100 }),
        }}
      />
    </Box>
  );
}
