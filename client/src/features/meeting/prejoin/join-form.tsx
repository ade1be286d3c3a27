import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { DisplayName, LIMITS, RoomPassword, type AppError, type User } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Failure } from '../../../components/failure.tsx';
import { PasswordField } from '../../../components/password-field.tsx';
import { useForm } from '../../../hooks/use-form.ts';

export interface JoinChoice {
  /** Undefined where an account goes by its own. */
  displayName: string | undefined;
  /** The person is in already, elsewhere, and wants to be here instead. */
  takeOver?: boolean;
  /** Of the room. */
  password?: string | undefined;
}
export type JoinAction = (choice: JoinChoice) => void;

const withPassword = z.object({ displayName: DisplayName, password: RoomPassword });
const withoutPassword = withPassword.extend({ password: RoomPassword.or(z.literal('')) });

interface JoinFormProps {
  /** The room has one, and this person is not its owner. */
  passwordNeeded: boolean;
  /** Somebody has to let this person in. */
  asks: boolean;
  /** The account, or undefined for a guest. */
  user: User | undefined;
  joining: boolean;
  /** Why the last try to join failed. */
  error: AppError | undefined;
  onJoin: JoinAction;
}

/** The name one will carry, and the one button. */
export function JoinForm({ user, passwordNeeded, asks, joining, error, onJoin }: JoinFormProps) {
  const { t } = useTranslation(['admission', 'meeting', 'common']);
  const elsewhere = error?.code === 'ALREADY_JOINED';
  const form = useForm({
    schema: passwordNeeded ? withPassword : withoutPassword,
    initial: { displayName: user?.displayName ?? '', password: '' },
    submit: async ({ displayName, password }) => {
      onJoin({
        displayName: displayName === user?.displayName ? undefined : displayName,
        takeOver: elsewhere,
        password: password || undefined,
      });
    },
  });
  return (
    <Stack component="form" noValidate spacing={2} onSubmit={(event) => void form.onSubmit(event)}>
      <TextField
        {...form.field('displayName', user ? t('meeting:prejoin.forThisMeeting') : undefined)}
        label={t('common:yourName')}
        required={!user}
        autoFocus={!user}
        autoComplete="name"
        slotProps={{ htmlInput: { maxLength: LIMITS.displayNameMax } }}
      />
      {passwordNeeded && (
        <PasswordField
          {...form.field('password')}
          label={t('prejoin.password')}
          autoComplete="off"
          required
        />
      )}
      {error && !joining && <Failure error={error} />}
      <Button type="submit" variant="contained" size="large" loading={joining}>
        {elsewhere ? t('meeting:prejoin.joinHere') : asks ? t('prejoin.ask') : t('common:join')}
      </Button>
    </Stack>
  );
}
