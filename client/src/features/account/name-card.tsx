import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { DisplayName } from '@vcallpe/shared';
import type { User } from '@vcallpe/shared';
import { z } from 'zod';
import { Failure } from '../../components/failure.tsx';
import { useForm } from '../../hooks/use-form.ts';
import { useToast } from '../../hooks/use-toast.tsx';
import { api } from '../../lib/api/client.ts';
import { SectionCard } from './section-card.tsx';

const NewName = z.strictObject({ displayName: DisplayName });

export function NameCard({ user }: { user: User }) {
  const toast = useToast();
  const { values, field, onSubmit, busy, failure } = useForm({
    schema: NewName,
    initial: { displayName: user.displayName },
    submit: async (body) => {
      const { displayName } = await api.updateMe(body);
      toast(`You are ${displayName} now`);
    },
  });
  return (
    <SectionCard title="Name">
      <form noValidate onSubmit={onSubmit}>
        <Stack spacing={1.5}>
          {failure !== undefined && <Failure error={failure} />}
          <TextField
            {...field('displayName', 'What others see in a meeting')}
            label="Your name"
            autoComplete="name"
          />
          <Button
            type="submit"
            variant="contained"
            loading={busy}
            disabled={values.displayName === user.displayName}
            sx={{ alignSelf: 'flex-start' }}
          >
            Save the name
          </Button>
        </Stack>
      </form>
    </SectionCard>
  );
}
