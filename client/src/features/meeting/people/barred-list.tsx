/** Who was removed or turned away, for those who can let them back in: a slip of the mouse need not last for the meeting. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { BarredPerson } from '@vcallpe/shared';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conference } from '../../../conference/conference.ts';
import { useAttempt } from './use-attempt.ts';

interface BarredListProps {
  conference: Conference;
  barred: readonly BarredPerson[];
}

export function BarredList({ conference, barred }: BarredListProps) {
  const { t } = useTranslation('admission');
  const attempt = useAttempt();
  const id = useId();
  return (
    <Stack
      component="section"
      aria-labelledby={id}
      spacing={1}
      sx={{ px: 2, py: 1.5, borderTop: 1, borderColor: 'stage.border' }}
    >
      <Typography id={id} component="h3" variant="subtitle2">
        {t('barred.title', { count: barred.length })}
      </Typography>
      <Stack
        component="ul"
        spacing={0.5}
        sx={{ m: 0, p: 0, listStyle: 'none', maxHeight: 160, overflow: 'auto' }}
      >
        {barred.map(({ participantId, displayName }) => (
          <Box component="li" key={participantId} sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
            <Typography noWrap variant="body2" title={displayName} sx={{ minWidth: 0, flex: 1 }}>
              {displayName}
            </Typography>
            <Button
              size="small"
              color="inherit"
              aria-label={t('barred.letBackInName', { name: displayName })}
              onClick={() => void attempt(() => conference.request('letBackIn', { participantId }))}
            >
              {t('barred.letBackIn')}
            </Button>
          </Box>
        ))}
      </Stack>
    </Stack>
  );
}
