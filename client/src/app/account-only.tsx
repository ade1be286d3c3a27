/** Pages that belong to an account: a quiet placeholder until it is known, an invitation to sign in without one. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import type { ReactNode } from 'react';
import { Notice } from '../components/notice.tsx';
import { useAuth } from '../hooks/use-auth.tsx';

export function AccountOnly({ children }: { children: ReactNode }) {
  const { status, requireSignIn } = useAuth();
  if (status === 'signedIn') return children;
  if (status === 'loading') {
    return (
      <Stack spacing={2} aria-busy="true" aria-label="Loading">
        <Skeleton variant="text" width={220} sx={{ typography: 'h2' }} />
        <Skeleton variant="rounded" height={96} />
        <Skeleton variant="rounded" height={96} />
      </Stack>
    );
  }
  return (
    <Box sx={{ py: 8 }}>
      <Notice
        title="Sign in to see this page"
        body="It belongs to your account. You will stay right here."
        action={
          <Button variant="contained" onClick={() => requireSignIn()}>
            Sign in
          </Button>
        }
      />
    </Box>
  );
}
