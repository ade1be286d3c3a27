/** One poll: its answers to choose from, and how many chose each, as it is now. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import LinearProgress from '@mui/material/LinearProgress';
import Radio from '@mui/material/Radio';
import { may } from '@vcallpe/shared';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import type { Poll } from '../../../conference/polls.ts';
import type { Participant } from '../../../conference/state.ts';
import { useToast } from '../../../hooks/use-toast.tsx';
import { formatPercent } from '../../../i18n/format.ts';
import { describeError } from '../../../lib/errors/words.ts';
import type { Conversation } from './conversation.ts';

interface PollCardProps {
  poll: Poll;
  polls: Conversation['polls'];
  self: Participant;
}

export function PollCard({ poll, polls, self }: PollCardProps) {
  const { t } = useTranslation('conversation');
  const toast = useToast();
  const id = useId();
  const [closing, setClosing] = useState(false);
  const { pollId, question, options, multiple, by, closed, voters, myChoices } = poll;
  const mayVote = !closed && may(self.role, 'vote');
  const mayClose =
    !closed &&
    may(self.role, 'runPoll') &&
    (by.participantId === self.participantId || may(self.role, 'moderate'));

  const choose = (index: number, chosen: boolean) => {
    const kept = multiple ? myChoices.filter((choice) => choice !== index) : [];
    polls
      .vote(pollId, chosen ? [...kept, index] : kept)
      .catch((error: unknown) => toast(describeError(error).title));
  };

  return (
    <Box
      component="article"
      aria-labelledby={id}
      sx={{
        flex: 'none',
        p: 2,
        border: 1,
        borderColor: 'stage.border',
        borderRadius: 1.5,
        bgcolor: 'stage.tile',
      }}
    >
      <Box
        id={id}
        component="h3"
        sx={{ m: 0, font: 'inherit', fontWeight: 'fontWeightBold', overflowWrap: 'anywhere' }}
      >
        {question}
      </Box>
      <Box sx={{ color: 'stage.mutedText', typography: 'caption', mb: 1 }}>
        {t('polls.by', { name: by.displayName })}
      </Box>
      <div role={multiple ? 'group' : 'radiogroup'} aria-labelledby={id}>
        {options.map(({ text, votes }, index) => {
          const share = voters === 0 ? 0 : votes / voters;
          const Choice = multiple ? Checkbox : Radio;
          return (
            <Box key={index} sx={{ mb: 0.5 }}>
              <Box sx={{ display: 'flex', alignItems: 'center' }}>
                <FormControlLabel
                  disabled={!mayVote}
                  sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}
                  label={text}
                  control={
                    <Choice
                      name={id}
                      checked={myChoices.includes(index)}
                      onChange={(_event, chosen) => choose(index, chosen)}
                    />
                  }
                />
                <Box component="span" sx={{ color: 'stage.mutedText', fontVariantNumeric: 'tabular-nums' }}>
                  {t('polls.result', { share: formatPercent(share), votes })}
                </Box>
              </Box>
              <LinearProgress aria-hidden variant="determinate" value={share * 100} />
            </Box>
          );
        })}
      </div>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 1, minHeight: 36 }}>
        <Box sx={{ flex: 1, color: 'stage.mutedText', typography: 'caption' }}>
          {t('polls.votes', { count: voters })}
          {closed && ` · ${t('polls.closed')}`}
        </Box>
        {mayClose && (
          <Button size="small" color="inherit" onClick={() => setClosing(true)}>
            {t('polls.close')}
          </Button>
        )}
      </Box>
      {closing && (
        <ConfirmDialog
          title={t('polls.close')}
          action={t('polls.close')}
          onConfirm={async () => {
            await polls.end(pollId);
            setClosing(false);
          }}
          onClose={() => setClosing(false)}
        >
          {t('polls.closeQuestion')}
        </ConfirmDialog>
      )}
    </Box>
  );
}
