import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAuth } from '../../hooks/use-auth.tsx';
import { api, session } from '../../lib/api/client.ts';

/** Creates a meeting named after its owner and goes there; without an account, by way of signing in. */
export function useNewMeeting() {
  const { requireSignIn } = useAuth();
  const navigate = useNavigate();
  const { t } = useTranslation('landing');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();

  async function start(): Promise<void> {
    setBusy(true);
    setFailure(undefined);
    try {
      const owner = await session.settled();
      if (owner.status === 'signedOut') return requireSignIn(() => void start());
      const room = await api.createRoom({ name: t('meetingOf', { name: owner.user.displayName }) });
      await navigate(`/r/${room.code}`);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  }

  return { start: () => void start(), busy, failure };
}
