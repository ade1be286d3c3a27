import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { Room } from '@vcallpe/shared';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Notice } from '../../../components/notice.tsx';
import type { ConferenceState } from '../../../conference/state.ts';
import { useAuth } from '../../../hooks/use-auth.tsx';
import { describeEnd } from './left-words.ts';

interface LeftPageProps {
  room: Room;
  ended: NonNullable<ConferenceState['ended']>;
  /** Unix time in ms. */
  joinedAt: number;
  onRejoin: () => void;
}

/** After the meeting: why it is over, how long it was, and the way back in. */
export function LeftPage({ room, ended, joinedAt, onRejoin }: LeftPageProps) {
  const { t } = useTranslation(['meeting', 'common']);
  const { requireSignIn } = useAuth();
  const [lastedMs] = useState(() => Date.now() - joinedAt);
  const { title, body, next } = describeEnd(ended, room.name, lastedMs);
  return (
    <Box sx={{ py: 8 }}>
      <title>{`${title} · VCallPe`}</title>
      <Notice
        title={title}
        body={body}
        action={
          <>
            {next === 'rejoin' && (
              <Button variant="contained" onClick={onRejoin}>
                {t('left.rejoin')}
              </Button>
            )}
            {next === 'signIn' && (
              <Button variant="contained" onClick={() => requireSignIn(onRejoin)}>
                {t('common:signIn')}
              </Button>
            )}
            {next === 'reload' && (
              <Button variant="contained" onClick={() => window.location.reload()}>
                {t('common:reload')}
              </Button>
            )}
            <Button component={Link} to="/" variant={next ? 'outlined' : 'contained'}>
              {t('left.home')}
            </Button>
          </>
        }
      />
    </Box>
  );
}
