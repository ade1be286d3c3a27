/** One meeting that took place: who was there when, and what its hosts did. */
import Box from '@mui/material/Box';
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
import { Role, type MeetingRecord, type RecordedActView } from '@vcallpe/shared';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useParams } from 'react-router';
import { Failure } from '../../../components/failure.tsx';
import { formatTime } from '../../../i18n/format.ts';
import { call } from '../../../lib/api/client.ts';
import { saveAttendance } from '../../../lib/api/attendance.ts';
import { useLoaded } from './use-loaded.ts';

export default function MeetingPage() {
  const { code = '', meetingId = '' } = useParams();
  const { t } = useTranslation('history');
  const load = useCallback(
    () => call('GET /rooms/:code/meetings/:meetingId', { params: { code, meetingId } }),
    [code, meetingId],
  );
  const { value, error, retry } = useLoaded(load);
  const when = value ? formatTime(value.startedAt, { dateStyle: 'long', timeStyle: 'short' }) : '';
  const title = value ? t('details', { when }) : t('open');
  return (
    <Stack spacing={3}>
      <title>{`${title} · VCallPe`}</title>
      <div>
        <Link component={RouterLink} to={`/rooms/${code}/history`} variant="body2">
          {t('all')}
        </Link>
        <Typography component="h1" variant="h2">
          {title}
        </Typography>
      </div>
      {error !== undefined && <Failure error={error} onRetry={retry} />}
      {!value && error === undefined && <Skeleton variant="rounded" height={240} aria-hidden />}
      {value && <Attendance code={code} record={value} />}
      {value && <Acts acts={value.acts} />}
    </Stack>
  );
}

const TIME: Intl.DateTimeFormatOptions = { timeStyle: 'medium' };

function Attendance({ code, record }: { code: string; record: MeetingRecord }) {
  const { t } = useTranslation('history');
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await saveAttendance(code, record.meetingId);
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack component="section" spacing={2}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', gap: 2 }}>
        <Typography component="h2" variant="h3">
          {t('attendance')}
        </Typography>
        <Button variant="outlined" loading={busy} onClick={() => void download()}>
          {t('csv')}
        </Button>
      </Stack>
      {failure !== undefined && <Failure error={failure} />}
      <TableContainer component={Card}>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{t('name')}</TableCell>
              <TableCell>{t('role')}</TableCell>
              <TableCell>{t('joined')}</TableCell>
              <TableCell>{t('left')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {record.attendances.map(({ displayName, role, joinedAt, leftAt }, index) => (
              <TableRow key={index}>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>{displayName}</TableCell>
                <TableCell>{t(`roles.${role}`)}</TableCell>
                <TableCell>{formatTime(joinedAt, TIME)}</TableCell>
                <TableCell>{leftAt === undefined ? t('there') : formatTime(leftAt, TIME)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Stack>
  );
}

function Acts({ acts }: { acts: readonly RecordedActView[] }) {
  const { t } = useTranslation('history');
  const wordsOf = ({ act, by, whom, detail = '' }: RecordedActView) => {
    const role = Role.safeParse(detail).data;
    const key = act === 'videoStopped' && detail === 'screen' ? 'shareStopped' : act;
    return t(`act.${key}`, {
      by: by.displayName,
      whom: whom?.displayName ?? '',
      detail: role ? t(`roles.${role}`) : detail,
    });
  };
  return (
    <Stack component="section" spacing={2}>
      <Typography component="h2" variant="h3">
        {t('acts')}
      </Typography>
      {acts.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>{t('noActs')}</Typography>
      ) : (
        <Card component="ol" sx={{ m: 0, px: 3, py: 2, listStyle: 'none' }}>
          {acts.map((act, index) => (
            <Box component="li" key={index} sx={{ display: 'flex', gap: 2, py: 0.5 }}>
              <Box
                component="time"
                dateTime={new Date(act.at).toISOString()}
                sx={{ color: 'text.secondary' }}
              >
                {formatTime(act.at, TIME)}
              </Box>
              <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>{wordsOf(act)}</Box>
            </Box>
          ))}
        </Card>
      )}
    </Stack>
  );
}
