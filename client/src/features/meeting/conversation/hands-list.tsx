import BackHandRounded from '@mui/icons-material/BackHandRounded';
import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Participant } from '../../../conference/state.ts';
import { handsOf } from './hands.ts';

interface HandsListProps {
  self: Participant | undefined;
  others: readonly Participant[];
}

/** Whose turn it is, and who comes next. Nothing while all hands are down. */
export function HandsList({ self, others }: HandsListProps) {
  const { t } = useTranslation('conversation');
  const hands = handsOf(self ? [self, ...others] : others);
  if (hands.length === 0) return null;
  return (
    <Box
      component="ol"
      aria-label={t('hand.list')}
      sx={{
        m: 0,
        p: 0,
        listStyle: 'none',
        display: 'flex',
        flexWrap: 'wrap',
        gap: 0.5,
        // Two lines on a phone, one beside the name of the meeting: who comes first is seen.
        maxHeight: { xs: 72, sm: 34 },
        overflow: 'hidden',
      }}
    >
      {hands.map(({ peerId, displayName }) => (
        <Box
          component="li"
          key={peerId}
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 0.75,
            px: 1.25,
            py: 0.5,
            borderRadius: (theme) => theme.vars.shape.pillRadius,
            bgcolor: 'stage.warning',
            color: 'stage.warningContrastText',
            maxWidth: 220,
            flex: 'none',
          }}
        >
          <BackHandRounded sx={{ fontSize: '1.1em' }} />
          <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
            {peerId === self?.peerId ? t('hand.you') : displayName}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
