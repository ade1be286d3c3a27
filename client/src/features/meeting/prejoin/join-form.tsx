import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { DisplayName, LIMITS, type AppError, type User } from '@vcallpe/shared';
import { z } from 'zod';
import { Failure } from '../../../components/failure.tsx';
import { useForm } from '../../../hooks/use-form.ts';

/**
 * @param displayName undefined where an account goes by its own
 * @param takeOver the person is in already, elsewhere, and wants to be here instead
 */
export type JoinAction = (displayName: string | undefined, takeOver: boolean) => void;

const schema = z.object({ displayName: DisplayName });

interface JoinFormProps {
  /** The account, or undefined for a guest. */
  user: User | undefined;
  joining: boolean;
  /** Why the last try to join failed. */
  error: AppError | undefined;
  onJoin: JoinAction;
}

/** The name one will carry, and the one button. */
export function JoinForm({ user, joining, error, onJoin }: JoinFormProps) {
  const elsewhere = error?.code === 'ALREADY_JOINED';
  const form = useForm({
    schema,
    initial: { displayName: user?.displayName ?? '' },
    submit: async ({ displayName }) =>
      onJoin(displayName === user?.displayName ? undefined : displayName, elsewhere),
  });
  return (
    <Stack component="form" noValidate spacing={2} onSubmit={(event) => void form.onSubmit(event)}>
      <TextField
        {...form.field('displayName', user ? 'For this meeting only' : undefined)}
        label="Your name"
        required={!user}
        autoFocus={!user}
        autoComplete="name"
        slotProps={{ htmlInput: { maxLength: LIMITS.displayNameMax } }}
      />
      {error && !joining && <Failure error={error} />}
      <Button type="submit" variant="contained" size="large" loading={joining}>
        {elsewhere ? 'Join here instead' : 'Join'}
      </Button>
    </Stack>
  );
}
