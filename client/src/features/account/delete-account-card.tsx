import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { DeleteMeBody } from '@vcallpe/shared';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FormDialog } from '../../components/form-dialog.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { useForm } from '../../hooks/use-form.ts';
import { useToast } from '../../hooks/use-toast.tsx';
import { api } from '../../lib/api/client.ts';
import { passwordWrong } from './password-wrong.ts';
import { SectionCard } from './section-card.tsx';

export function DeleteAccountCard() {
  const { t } = useTranslation(['account', 'common']);
  const [asking, setAsking] = useState(false);
  return (
    <SectionCard title={t('delete.title')} about={t('delete.about')}>
      <Button
        variant="outlined"
        color="error"
        onClick={() => setAsking(true)}
        sx={{ alignSelf: 'flex-start' }}
      >
        {t('delete.title')}
      </Button>
      {asking && <DeleteAccountDialog onClose={() => setAsking(false)} />}
    </SectionCard>
  );
}

function DeleteAccountDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['account', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const { field, ...form } = useForm({
    schema: DeleteMeBody,
    initial: { password: '' },
    submit: async (body) => {
      await passwordWrong('password', api.deleteMe(body));
      toast(t('delete.done'));
      await navigate('/');
    },
  });
  return (
    <FormDialog title={t('delete.ask')} action={t('delete.action')} dangerous onClose={onClose} {...form}>
      <Typography>{t('delete.meaning')}</Typography>
      <PasswordField
        {...field('password')}
        label={t('common:password')}
        autoComplete="current-password"
        autoFocus
        fullWidth
      />
    </FormDialog>
  );
}
