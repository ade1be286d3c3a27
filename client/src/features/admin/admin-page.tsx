/** The media server for those who run it: workers, meetings, peers, bitrates. Asked for every 2 s while one looks. */
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { AppError } from '@vcallpe/shared';
import type { AdminNode } from '@vcallpe/shared';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Notice } from '../../components/notice.tsx';
import { useAuth } from '../../hooks/use-auth.tsx';
import { useToast } from '../../hooks/use-toast.tsx';
import { describeError } from '../../lib/errors/words.ts';
import { adminApi } from './admin-api.ts';
import { addSample, type CpuHistory } from './cpu-history.ts';
import { RepairsSection } from './repairs-section.tsx';
import { RoomSection } from './room-section.tsx';
import { RoomsSection } from './rooms-section.tsx';
import { SilentServer } from './silent-server.tsx';
import { Totals } from './totals.tsx';
import { usePolled } from './use-polled.ts';
import { WorkersSection, type Act } from './workers-section.tsx';

export default function AdminPage() {
  const { t } = useTranslation(['admin', 'common']);
  const { user } = useAuth();
  return (
    <>
      <title>{`${t('title')} · VCallPe`}</title>
      {user?.isAdmin ? <MediaServer /> : <ForAdmins />}
    </>
  );
}

function ForAdmins() {
  const { t } = useTranslation(['admin', 'common']);
  return (
    <Stack sx={{ py: 8 }}>
      <Notice
        title={t('forAdmins.title')}
        body={t('forAdmins.body')}
        action={
          <Button component={Link} to="/" variant="contained">
            {t('common:startPage')}
          </Button>
        }
      />
    </Stack>
  );
}

function MediaServer() {
  const { t } = useTranslation(['admin', 'common']);
  const [history, setHistory] = useState<CpuHistory>(new Map());
  const ask = useCallback(async () => {
    const node = await adminApi.node();
    setHistory((before) => addSample(before, node));
    return node;
  }, []);
  const { value: node, error, replace } = usePolled<AdminNode>(ask);
  const [search, setSearch] = useSearchParams();
  const room = search.get('room') ?? undefined;
  const [problem, setProblem] = useState<string>();
  const toast = useToast();

  const act: Act = async (done, doIt) => {
    setProblem(undefined);
    try {
      replace(await doIt());
      toast(done);
    } catch (failure) {
      setProblem(wordsOf(failure));
    }
  };

  const select = (code: string | undefined) =>
    setSearch(code === undefined || code === room ? {} : { room: code }, { preventScrollReset: true });

  if (error instanceof AppError && error.code === 'FORBIDDEN') return <ForAdmins />;
  return (
    <Stack spacing={3}>
      <Typography component="h1" variant="h2">
        {t('title')}
      </Typography>
      {error !== undefined && <SilentServer since={node?.at} />}
      {problem !== undefined && (
        <Alert
          severity="error"
          variant="outlined"
          closeText={t('common:close')}
          onClose={() => setProblem(undefined)}
        >
          {problem}
        </Alert>
      )}
      {node ? (
        <>
          <Totals node={node} />
          <WorkersSection node={node} history={history} act={act} />
          <RoomsSection node={node} selected={room} onSelect={select} />
          {room !== undefined && <RoomSection key={room} code={room} onClose={() => select(undefined)} />}
          <RepairsSection node={node} />
        </>
      ) : (
        error === undefined && (
          <Stack spacing={2} aria-busy="true" aria-label={t('common:loading')}>
            <Skeleton variant="rounded" height={64} />
            <Skeleton variant="rounded" height={160} />
            <Skeleton variant="rounded" height={160} />
          </Stack>
        )
      )}
    </Stack>
  );
}

/** The media server's own sentence where it refused an order, which says more here than the words made for meetings. */
function wordsOf(failure: unknown): string {
  if (failure instanceof AppError && failure.status < 500) return failure.message;
  const { title, body } = describeError(failure);
  return `${title}. ${body}`;
}
