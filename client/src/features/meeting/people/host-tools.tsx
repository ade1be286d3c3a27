/** What those who run a meeting do to all of it: mute everyone, close the door, end it. */
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import { may, type MeetingState } from '@vcallpe/shared';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import type { Conference } from '../../../conference/conference.ts';
import type { Participant } from '../../../conference/state.ts';
import { useToast } from '../../../hooks/use-toast.tsx';
import { useAttempt } from './use-attempt.ts';

interface HostToolsProps {
  conference: Conference;
  self: Participant;
  meeting: MeetingState;
}

export function HostTools({ conference, self, meeting }: HostToolsProps) {
  const { t } = useTranslation('people');
  const [ending, setEnding] = useState(false);
  const attempt = useAttempt();
  const toast = useToast();
  const id = useId();
  const moderates = may(self.role, 'moderate');
  const admits = may(self.role, 'admit');
  const ends = may(self.role, 'endMeeting');
  if (!moderates && !admits && !ends) return null;

  const muteAll = () =>
    void attempt(async () => {
      const { muted } = await conference.request('muteAll', {});
      toast(muted === 0 ? t('all.mutedNobody') : t('all.muted', { count: muted }));
    });

  return (
    <Stack spacing={1} sx={{ px: 2, py: 1.5, borderTop: 1, borderColor: 'stage.border' }}>
      {admits && (
        <div>
          <FormControlLabel
            control={
              <Switch
                checked={meeting.locked}
                onChange={(_event, locked) => void attempt(() => conference.request('setLocked', { locked }))}
                slotProps={{ input: { 'aria-describedby': `${id}lock` } }}
              />
            }
            label={t('all.lock')}
          />
          <FormHelperText id={`${id}lock`} sx={{ mt: 0, color: 'stage.mutedText' }}>
            {t('all.lockHint')}
          </FormHelperText>
        </div>
      )}
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
        {moderates && (
          <Button variant="outlined" color="inherit" onClick={muteAll}>
            {t('all.mute')}
          </Button>
        )}
        {ends && (
          <Button variant="outlined" color="error" onClick={() => setEnding(true)}>
            {t('all.end')}
          </Button>
        )}
      </Stack>
      {ending && (
        <ConfirmDialog
          title={t('end.title')}
          action={t('end.action')}
          onClose={() => setEnding(false)}
          onConfirm={async () => {
            await conference.request('endMeeting', {});
          }}
        >
          {t('end.body')}
        </ConfirmDialog>
      )}
    </Stack>
  );
}
