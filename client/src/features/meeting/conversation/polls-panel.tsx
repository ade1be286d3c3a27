/** Polls in the side panel: the newest first, and a form for the next one. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import { may } from '@vcallpe/shared';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../../components/failure.tsx';
import type { Participant } from '../../../conference/state.ts';
import { useStore } from '../../../hooks/use-store.ts';
import type { Conversation } from './conversation.ts';
import { PollCard } from './poll-card.tsx';
import { PollForm } from './poll-form.tsx';

interface PollsPanelProps {
  polls: Conversation['polls'];
  self: Participant;
}

export function PollsPanel({ polls, self }: PollsPanelProps) {
  const { t } = useTranslation('conversation');
  const { polls: all, loading, problem } = useStore(polls);
  const [asking, setAsking] = useState(false);
  const mayAsk = may(self.role, 'runPoll');
  return (
    <Stack spacing={1.5} sx={{ flex: 1, minHeight: 0, overflowY: 'auto', p: 2, pt: 0 }}>
      {mayAsk &&
        (asking ? (
          <PollForm polls={polls} onDone={() => setAsking(false)} />
        ) : (
          <Button variant="outlined" onClick={() => setAsking(true)} sx={{ flex: 'none' }}>
            {t('polls.create')}
          </Button>
        ))}
      {problem && <Failure error={problem} onRetry={() => void polls.reload()} />}
      {loading && (
        <div role="status" aria-label={t('polls.loading')}>
          <Skeleton height={120} />
        </div>
      )}
      {!loading && !problem && all.length === 0 && !asking && (
        <Stack spacing={1} sx={{ textAlign: 'center', py: 5 }}>
          <Box sx={{ fontWeight: 'fontWeightBold' }}>{t('polls.empty')}</Box>
          <Box sx={{ color: 'stage.mutedText', textWrap: 'balance' }}>
            {mayAsk ? t('polls.emptyHint') : t('polls.emptyHintRead')}
          </Box>
        </Stack>
      )}
      {[...all].reverse().map((poll) => (
        <PollCard key={poll.pollId} poll={poll} polls={polls} self={self} />
      ))}
    </Stack>
  );
}
