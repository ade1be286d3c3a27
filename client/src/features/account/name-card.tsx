import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { DisplayName } from '@vcallpe/shared';
import type { User } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Failure } from '../../components/failure.tsx';
import { useForm } from '../../hooks/use-form.ts';
import { useToast } from '../../hooks/use-toast.tsx';
import { api } from '../../lib/api/client.ts';
import { SectionCard } from './section-card.tsx';

const NewName = z.strictObject({ displayName: DisplayName });

export function NameCard({ user }: { user: User }) {
  const { t } = useTranslation(['account', 'common']);
  const toast = useToast();
  const { values, field, onSubmit, busy, failure } = useForm({
    schema: NewName,
    initial: { displayName: user.displayName },
    submit: async (body) => {
      const { displayName } = await api.updateMe(body);
      toast(t('name.saved', { name: displayName }));
    },
  });
  return (
    <SectionCard title={t('name.title')}>
      <form noValidate onSubmit={onSubmit}>
        <Stack spacing={1.5}>
          {failure !== undefined && <Failure error={failure} />}
          <TextField
            {...field('displayName', t('common:nameHint'))}
            label={t('common:yourName')}
            autoComplete="name"
          />
          <Button
            type="submit"
            variant="contained"
            loading={busy}
            disabled={values.displayName === user.displayName}
            sx={{ alignSelf: 'flex-start' }}
          >
            {t('name.save')}
          </Button>
        </Stack>
      </form>
    </SectionCard>
  );
}
