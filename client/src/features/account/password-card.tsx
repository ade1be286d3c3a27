import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { GivenPassword, LIMITS, NewPassword } from '@vcallpe/shared';
import type { User } from '@vcallpe/shared';
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
  const toast = useToast();
  const { field, onSubmit, busy, failure, reset } = useForm({
    schema: PasswordChange,
    initial: { currentPassword: '', newPassword: '' },
    submit: async (body) => {
      await passwordWrong('currentPassword', api.updateMe(body));
      reset();
      toast('Your password is changed, and your other devices are signed out');
    },
  });
  return (
    <SectionCard title="Password" about="Changing it signs out all your other devices.">
      <form noValidate onSubmit={onSubmit}>
        {/* Tells password managers whose password this is. */}
        <input type="text" name="username" value={user.email} autoComplete="username" readOnly hidden />
        <Stack spacing={1.5}>
          {failure !== undefined && <Failure error={failure} />}
          <PasswordField
            {...field('currentPassword')}
            label="Current password"
            autoComplete="current-password"
          />
          <PasswordField
            {...field('newPassword', `At least ${LIMITS.passwordMin} characters`)}
            label="New password"
            autoComplete="new-password"
          />
          <Button type="submit" variant="contained" loading={busy} sx={{ alignSelf: 'flex-start' }}>
            Change the password
          </Button>
        </Stack>
      </form>
    </SectionCard>
  );
}
