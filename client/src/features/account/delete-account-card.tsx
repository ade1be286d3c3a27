import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { DeleteMeBody } from '@vcallpe/shared';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { FormDialog } from '../../components/form-dialog.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { useForm } from '../../hooks/use-form.ts';
import { useToast } from '../../hooks/use-toast.tsx';
import { api } from '../../lib/api/client.ts';
import { passwordWrong } from './password-wrong.ts';
import { SectionCard } from './section-card.tsx';

export function DeleteAccountCard() {
  const [asking, setAsking] = useState(false);
  return (
    <SectionCard
      title="Delete the account"
      about="Your meetings and their links go with it. This can’t be undone."
    >
      <Button
        variant="outlined"
        color="error"
        onClick={() => setAsking(true)}
        sx={{ alignSelf: 'flex-start' }}
      >
        Delete the account
      </Button>
      {asking && <DeleteAccountDialog onClose={() => setAsking(false)} />}
    </SectionCard>
  );
}

function DeleteAccountDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const toast = useToast();
  const { field, ...form } = useForm({
    schema: DeleteMeBody,
    initial: { password: '' },
    submit: async (body) => {
      await passwordWrong('password', api.deleteMe(body));
      toast('Your account is deleted');
      await navigate('/');
    },
  });
  return (
    <FormDialog title="Delete your account?" action="Delete for good" dangerous onClose={onClose} {...form}>
      <Typography>Your meetings and their links go with it. Enter your password to confirm.</Typography>
      <PasswordField
        {...field('password')}
        label="Password"
        autoComplete="current-password"
        autoFocus
        fullWidth
      />
    </FormDialog>
  );
}
