/** Checks, before a meeting, whether this browser, its devices and its network are fit for one; and what to do if not. */
import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useAuth } from '../../hooks/use-auth.tsx';
import { useToast } from '../../hooks/use-toast.tsx';
import { api } from '../../lib/api/client.ts';
import { CheckRow } from './check-row.tsx';
import type { Check } from './check.ts';
import { reportText, summary } from './report-text.ts';
import { StartForm } from './start-form.tsx';
import { useDoctor } from './use-doctor.ts';

export default function DoctorPage() {
  const { t } = useTranslation('doctor');
  const { status, checks, microphone, finishedAt, run, stop } = useDoctor();
  const ownRoom = useOwnRoom();
  const [query] = useSearchParams();
  return (
    <Stack spacing={3} sx={{ width: 1, maxWidth: 720, mx: 'auto' }}>
      <title>{`${t('title')} · VCallPe`}</title>
      <Box>
        <Typography component="h1" variant="h2">
          {t('title')}
        </Typography>
        <Typography sx={{ color: 'text.secondary', mt: 0.5 }}>{t('about')}</Typography>
      </Box>
      <StartForm
        suggested={query.get('meeting') ?? ownRoom}
        again={status === 'done'}
        running={status === 'running'}
        onStart={run}
        onStop={stop}
      />
      <Outcome checks={checks} finishedAt={status === 'done' ? finishedAt : undefined} />
      <Card
        component="ul"
        aria-label={t('checks.label')}
        aria-busy={status === 'running'}
        sx={{ m: 0, p: 0, listStyle: 'none' }}
      >
        {checks.map((check) => (
          <CheckRow key={check.id} check={check} track={check.id === 'microphone' ? microphone : undefined} />
        ))}
      </Card>
    </Stack>
  );
}

/** The code of the account's newest meeting; empty without one. */
function useOwnRoom(): string {
  const { user } = useAuth();
  const [code, setCode] = useState('');
  const userId = user?.id;
  useEffect(() => {
    if (userId === undefined) return undefined;
    let current = true;
    // Without it one types a code.
    api.listRooms().then(
      ([newest]) => current && setCode(newest?.code ?? ''),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [userId]);
  return code;
}

/** The sum in a sentence, and the report to send to whoever helps. Always there, so that it is read out when it changes. */
function Outcome({ checks, finishedAt }: { checks: readonly Check[]; finishedAt: Date | undefined }) {
  useTranslation('doctor');
  return (
    <Box role="status">
      {finishedAt && (
        <Alert
          role="none"
          severity={severityOf(checks)}
          variant="outlined"
          sx={{ '& .MuiAlert-message': { flex: 1 } }}
        >
          <Stack
            direction={{ xs: 'column', sm: 'row' }}
            spacing={1}
            sx={{ alignItems: { xs: 'flex-start', sm: 'center' }, justifyContent: 'space-between' }}
          >
            <span>{summary(checks)}</span>
            <CopyReport text={reportText(checks, location.origin, navigator.userAgent, finishedAt)} />
          </Stack>
        </Alert>
      )}
    </Box>
  );
}

function severityOf(checks: readonly Check[]) {
  const has = (status: Check['status']) => checks.some((check) => check.status === status);
  if (has('wrong')) return 'error';
  return has('doubtful') || has('waiting') ? 'warning' : 'success';
}

function CopyReport({ text }: { text: string }) {
  const { t } = useTranslation('doctor');
  const toast = useToast();
  const copy = () => {
    // `clipboard` is always there in the types, and is missing where the page is not secure.
    const written = (navigator.clipboard as Clipboard | undefined)?.writeText(text) ?? Promise.reject();
    written.then(
      () => toast(t('report.copied')),
      () => toast(t('report.notCopied')),
    );
  };
  return (
    <Button color="inherit" variant="outlined" size="small" startIcon={<ContentCopyRounded />} onClick={copy}>
      {t('report.copy')}
    </Button>
  );
}
