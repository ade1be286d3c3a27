/** Who waits to be let in, for those who can let them in. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { LIMITS, type WaitingPerson } from '@vcallpe/shared';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conference } from '../../../conference/conference.ts';
import { useToast } from '../../../hooks/use-toast.tsx';
import { formatTime } from '../../../i18n/format.ts';
import { useAttempt } from './use-attempt.ts';

interface LobbyListProps {
  conference: Conference;
  lobby: readonly WaitingPerson[];
  /** They wait because somebody was removed, whatever the room is set to. */
  newcomersKnock: boolean;
}

export function LobbyList({ conference, lobby, newcomersKnock }: LobbyListProps) {
  const { t } = useTranslation('admission');
  const attempt = useAttempt();
  const id = useId();
  const answer = (method: 'admit' | 'deny', participantId: string) =>
    void attempt(() => conference.request(method, { participantIds: [participantId] }));
  return (
    <Stack
      component="section"
      aria-labelledby={id}
      spacing={1}
      sx={{ px: 2, pb: 2, borderBottom: 1, borderColor: 'stage.border' }}
    >
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between' }}>
        <Typography id={id} component="h3" variant="subtitle2">
          {t('lobby.title', { count: lobby.length })}
        </Typography>
        <Button size="small" onClick={() => void attempt(() => conference.request('admitAll', {}))}>
          {t('lobby.admitAll')}
        </Button>
      </Stack>
      {newcomersKnock && (
        <Typography variant="caption" sx={{ color: 'stage.mutedText' }}>
          {t('lobby.newcomersKnock')}
        </Typography>
      )}
      <Stack
        component="ul"
        spacing={0.5}
        sx={{ m: 0, p: 0, listStyle: 'none', maxHeight: 240, overflow: 'auto' }}
      >
        {lobby.map(({ participantId, displayName, since }) => (
          <Box component="li" key={participantId} sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
            <Box sx={{ minWidth: 0, flex: 1 }}>
              <Typography noWrap variant="body2" title={displayName}>
                {displayName}
              </Typography>
              <Typography variant="caption" sx={{ color: 'stage.mutedText' }}>
                {t('lobby.since', { time: formatTime(since, { timeStyle: 'short' }) })}
              </Typography>
            </Box>
            <Button
              size="small"
              color="inherit"
              aria-label={t('lobby.denyName', { name: displayName })}
              onClick={() => answer('deny', participantId)}
            >
              {t('lobby.deny')}
            </Button>
            <Button
              size="small"
              variant="contained"
              aria-label={t('lobby.admitName', { name: displayName })}
              onClick={() => answer('admit', participantId)}
            >
              {t('lobby.admit')}
            </Button>
          </Box>
        ))}
      </Stack>
      <MessageForm conference={conference} />
    </Stack>
  );
}

function MessageForm({ conference }: Pick<LobbyListProps, 'conference'>) {
  const { t } = useTranslation('admission');
  const [text, setText] = useState('');
  const attempt = useAttempt();
  const toast = useToast();
  return (
    <Stack
      component="form"
      direction="row"
      spacing={1}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        void attempt(async () => {
          await conference.request('tellLobby', { text });
          setText('');
          toast(t('lobby.sent'));
        });
      }}
    >
      <TextField
        size="small"
        fullWidth
        label={t('lobby.message')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        slotProps={{ htmlInput: { maxLength: LIMITS.lobbyMessageMax } }}
      />
      <Button type="submit" color="inherit">
        {t('lobby.send')}
      </Button>
    </Stack>
  );
}
