import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { GivenPassword, LIMITS, NewPassword } from '@vcallpe/shared';
import type { User } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Failure } from '../../components/failure.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { useForm } from '../../hooks/use-form.ts';
import { useToast } from '../../hooks/use-toast.tsx';
import { api } from '../../lib/api/client.ts';
import { SectionCard } from './section-card.tsx';
import { passwordWrong } from './password-wrong.ts';

const PasswordChange = z.strictObject({ currentPassword: GivenPassword, newPassword: NewPassword });

export function PasswordCard({ user }: { user: User }) {
  const { t } = useTranslation(['account', 'auth', 'common']);
  const toast = useToast();
  const { field, onSubmit, busy, failure, reset } = useForm({
    schema: PasswordChange,
    initial: { currentPassword: '', newPassword: '' },
    submit: async (body) => {
      await passwordWrong('currentPassword', api.updateMe(body));
      reset();
      toast(t('password.changed'));
    },
  });
  return (
    <SectionCard title={t('common:password')} about={t('password.about')}>
      <form noValidate onSubmit={onSubmit}>
        {/* Tells password managers whose password this is. */}
        <input type="text" name="username" value={user.email} autoComplete="username" readOnly hidden />
        <Stack spacing={1.5}>
          {failure !== undefined && <Failure error={failure} />}
          <PasswordField
            {...field('currentPassword')}
            label={t('password.current')}
            autoComplete="current-password"
          />
          <PasswordField
            {...field('newPassword', t('auth:passwordHint', { count: LIMITS.passwordMin }))}
            label={t('password.new')}
            autoComplete="new-password"
          />
          <Button type="submit" variant="contained" loading={busy} sx={{ alignSelf: 'flex-start' }}>
            {t('password.change')}
          </Button>
        </Stack>
      </form>
    </SectionCard>
  );
}
