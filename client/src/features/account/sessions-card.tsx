import Button from '@mui/material/Button';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useToast } from '../../hooks/use-toast.tsx';
import { api } from '../../lib/api/client.ts';
import { SectionCard } from './section-card.tsx';

export function SessionsCard() {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const toast = useToast();

  async function signOutEverywhere() {
    await api.logoutAll();
    toast('You are signed out everywhere');
    await navigate('/');
  }

  return (
    <SectionCard
      title="Sessions"
      about="Lost a device, or signed in on one that isn’t yours? End every session at once."
    >
      <Button variant="outlined" onClick={() => setAsking(true)} sx={{ alignSelf: 'flex-start' }}>
        Sign out everywhere
      </Button>
      {asking && (
        <ConfirmDialog
          title="Sign out everywhere?"
          action="Sign out everywhere"
          onConfirm={signOutEverywhere}
          onClose={() => setAsking(false)}
        >
          You will be signed out on all devices, this one included.
        </ConfirmDialog>
      )}
    </SectionCard>
  );
}
