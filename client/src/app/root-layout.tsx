/** What every page has, the meeting included: the sign-in dialog, progress between pages, and word of a server that is away. */
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { SignInDialog } from '../features/auth/sign-in-dialog.tsx';
import { useAuth } from '../hooks/use-auth.tsx';

export function RootLayout() {
  const { t } = useTranslation('app');
  const { unreachable } = useAuth();
  const loading = useNavigation().state !== 'idle';
  return (
    <>
      {loading && (
        <LinearProgress
          aria-label={t('loadingPage')}
          sx={{ position: 'fixed', inset: '0 0 auto', zIndex: 'tooltip', height: 2 }}
        />
      )}
      {unreachable && (
        <Paper
          square
          role="status"
          sx={{ bgcolor: 'warning.main', color: 'warning.contrastText', px: 2, py: 1, textAlign: 'center' }}
        >
          {t('unreachable')}
        </Paper>
      )}
      <Outlet />
      <SignInDialog />
      <ScrollRestoration />
    </>
  );
}
