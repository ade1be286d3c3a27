/** Pages that belong to an account: a quiet placeholder until it is known, an invitation to sign in without one. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import { useLayoutEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../components/notice.tsx';
import { useAuth } from '../hooks/use-auth.tsx';
import { askForSession } from '../lib/api/keep-session.ts';

export function AccountOnly({ children }: { children: ReactNode }) {
  const { t } = useTranslation(['app', 'common']);
  const { status, requireSignIn } = useAuth();
  // Before the first paint, so that nobody sees an invitation that is taken back.
  useLayoutEffect(askForSession, []);
  if (status === 'signedIn') return children;
  if (status === 'loading') {
    return (
      <Stack spacing={2} aria-busy="true" aria-label={t('common:loading')}>
        <Skeleton variant="text" width={220} sx={{ typography: 'h2' }} />
        <Skeleton variant="rounded" height={96} />
        <Skeleton variant="rounded" height={96} />
      </Stack>
    );
  }
  return (
    <Box sx={{ py: 8 }}>
      <Notice
        title={t('accountOnly.title')}
        body={t('accountOnly.body')}
        action={
          <Button variant="contained" onClick={() => requireSignIn()}>
            {t('common:signIn')}
          </Button>
        }
      />
    </Box>
  );
}
