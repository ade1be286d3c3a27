import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useToast } from '../../hooks/use-toast.tsx';
import { api } from '../../lib/api/client.ts';
import { SectionCard } from './section-card.tsx';

export function SessionsCard() {
  const { t } = useTranslation('account');
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const toast = useToast();

  async function signOutEverywhere() {
    await api.logoutAll();
    toast(t('sessions.ended'));
    await navigate('/');
  }

  return (
    <SectionCard title={t('sessions.title')} about={t('sessions.about')}>
      <Button variant="outlined" onClick={() => setAsking(true)} sx={{ alignSelf: 'flex-start' }}>
        {t('sessions.end')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('sessions.ask')}
          action={t('sessions.end')}
          onConfirm={signOutEverywhere}
          onClose={() => setAsking(false)}
        >
          {t('sessions.meaning')}
        </ConfirmDialog>
      )}
    </SectionCard>
  );
}
