/** The meetings that took place in a room, for its owner. */
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Link from '@mui/material/Link';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { MeetingSummary } from '@vcallpe/shared';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useParams } from 'react-router';
import { Failure } from '../../../components/failure.tsx';
import { Notice } from '../../../components/notice.tsx';
import { formatNumber, formatTime } from '../../../i18n/format.ts';
import { api, call } from '../../../lib/api/client.ts';
import { useLoaded } from './use-loaded.ts';

export default function HistoryPage() {
  const { code = '' } = useParams();
  const { t } = useTranslation('history');
  const load = useCallback(async () => {
    const [room, first] = await Promise.all([
      api.getRoom(code),
      call('GET /rooms/:code/meetings', { params: { code } }),
    ]);
    return { room, first };
  }, [code]);
  const { value, error, retry } = useLoaded(load);
  const title = t('title', { room: value?.room.name ?? code });
  return (
    <Stack spacing={3}>
      <title>{`${title} · VCallPe`}</title>
      <div>
        <Link component={RouterLink} to="/rooms" variant="body2">
          {t('back')}
        </Link>
        <Typography component="h1" variant="h2" sx={{ overflowWrap: 'anywhere' }}>
          {title}
        </Typography>
      </div>
      {error !== undefined && <Failure error={error} onRetry={retry} />}
      {!value && error === undefined && <Skeleton variant="rounded" height={160} aria-hidden />}
      {value && <Meetings key={code} code={code} {...value.first} />}
    </Stack>
  );
}

function Meetings(props: { code: string; meetings: MeetingSummary[]; more: boolean }) {
  const { code } = props;
  const { t } = useTranslation('history');
  const [{ meetings, more }, setLoaded] = useState({ meetings: props.meetings, more: props.more });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const showMore = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const before = meetings.at(-1)?.startedAt ?? 0;
      const next = await call('GET /rooms/:code/meetings', { params: { code }, query: { before } });
      setLoaded({ meetings: [...meetings, ...next.meetings], more: next.more });
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  if (meetings.length === 0) {
    return (
      <Card sx={{ px: 3, py: 4 }}>
        <Notice heading="h2" title={t('empty.title')} body={t('empty.body')} />
      </Card>
    );
  }
  return (
    <Stack spacing={2} sx={{ alignItems: 'flex-start' }}>
      <TableContainer component={Card}>
        <Table>
          <TableHead>
            <TableRow>
              <TableCell>{t('started')}</TableCell>
              <TableCell>{t('lasted')}</TableCell>
              <TableCell align="right">{t('people')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {meetings.map(({ meetingId, startedAt, endedAt, people }) => (
              <TableRow key={meetingId}>
                <TableCell>
                  <Link component={RouterLink} to={`/rooms/${code}/history/${meetingId}`}>
                    {formatTime(startedAt, { dateStyle: 'medium', timeStyle: 'short' })}
                  </Link>
                </TableCell>
                <TableCell>
                  {endedAt === undefined
                    ? t('goesOn')
                    : t('minutes', { count: Math.max(1, Math.round((endedAt - startedAt) / 60_000)) })}
                </TableCell>
                <TableCell align="right">{formatNumber(people)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {failure !== undefined && <Failure error={failure} />}
      {more && (
        <Button variant="outlined" loading={busy} onClick={() => void showMore()}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}
