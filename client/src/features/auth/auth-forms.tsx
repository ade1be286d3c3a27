import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { LIMITS, LoginBody, RegisterBody } from '@vcallpe/shared';
import type { ComponentProps, ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../components/failure.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { useAuth } from '../../hooks/use-auth.tsx';
import { useForm } from '../../hooks/use-form.ts';

interface AuthFormProps {
  formRef: Ref<HTMLFormElement>;
  /** To begin with. */
  email: string;
  autoFocus: boolean;
}

export function SignInForm({ formRef, email, autoFocus }: AuthFormProps) {
  const { t } = useTranslation();
  const { signIn } = useAuth();
  const { field, onSubmit, busy, failure } = useForm({
    schema: LoginBody,
    initial: { email, password: '' },
    submit: signIn,
  });
  return (
    <FormFrame ref={formRef} onSubmit={onSubmit} failure={failure} busy={busy} action={t('signIn')}>
      <EmailField {...field('email')} autoFocus={autoFocus} />
      <PasswordField {...field('password')} label={t('password')} autoComplete="current-password" />
    </FormFrame>
  );
}

export function CreateAccountForm({ formRef, email, autoFocus }: AuthFormProps) {
  const { t } = useTranslation(['auth', 'common']);
  const { register } = useAuth();
  const { field, onSubmit, busy, failure } = useForm({
    schema: RegisterBody,
    initial: { displayName: '', email, password: '' },
    submit: register,
  });
  return (
    <FormFrame ref={formRef} onSubmit={onSubmit} failure={failure} busy={busy} action={t('create')}>
      <TextField
        {...field('displayName', t('common:nameHint'))}
        label={t('common:yourName')}
        autoComplete="name"
        autoFocus={autoFocus}
      />
      <EmailField {...field('email')} />
      <PasswordField
        {...field('password', t('passwordHint', { count: LIMITS.passwordMin }))}
        label={t('common:password')}
        autoComplete="new-password"
      />
    </FormFrame>
  );
}

function EmailField(props: ComponentProps<typeof TextField>) {
  const { t } = useTranslation(['auth', 'common']);
  return (
    <TextField
      {...props}
      label={t('email')}
      type="email"
      autoComplete="username"
      slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
    />
  );
}

interface FormFrameProps extends Omit<ComponentProps<'form'>, 'action'> {
  failure: unknown;
  busy: boolean;
  /** Name of the button. */
  action: string;
  children: ReactNode;
}

function FormFrame({ failure, busy, action, children, ...form }: FormFrameProps) {
  return (
    // The schema's own words are better than the browser's, so its checks are off.
    <form noValidate {...form}>
      <Stack spacing={2}>
        {failure !== undefined && <Failure error={failure} />}
        <Stack spacing={1.5} sx={{ pt: 1 }}>
          {children}
        </Stack>
        <Button type="submit" variant="contained" size="large" loading={busy} fullWidth>
          {action}
        </Button>
      </Stack>
    </form>
  );
}
