/** One's name, password and sessions, and the end of the account. */
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useAuth } from '../../hooks/use-auth.tsx';
import { DeleteAccountCard } from './delete-account-card.tsx';
import { NameCard } from './name-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { SessionsCard } from './sessions-card.tsx';

export default function AccountPage() {
  const { t } = useTranslation('account');
  const { user } = useAuth();
  if (!user) return null;
  return (
    <Stack spacing={3} sx={{ width: '100%', maxWidth: 640, mx: 'auto' }}>
      <title>{`${t('title')} · VCallPe`}</title>
      <Stack>
        <Typography component="h1" variant="h2">
          {t('title')}
        </Typography>
        <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{user.email}</Typography>
      </Stack>
      <NameCard user={user} />
      <PasswordCard user={user} />
      <SessionsCard />
      <DeleteAccountCard />
    </Stack>
  );
}
