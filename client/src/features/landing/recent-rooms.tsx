import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Divider from '@mui/material/Divider';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Room } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Failure } from '../../components/failure.tsx';
import { Notice } from '../../components/notice.tsx';
import { useMyRooms } from '../../hooks/use-my-rooms.ts';

const SHOWN = 4;

/** The newest of one's own meetings, each one click away. */
export function RecentRooms() {
  const { t } = useTranslation(['landing', 'common']);
  const { mine } = useMyRooms();
  if (mine.status === 'loading') return <RecentRoomsSkeleton />;
  if (mine.status === 'failed') return <Failure error={mine.error} onRetry={mine.retry} />;
  if (mine.rooms.length === 0) {
    return (
      <Card sx={{ px: 3 }}>
        <Notice
          heading="h2"
          title={t('recent.none')}
          body={t('recent.noneBody', { newMeeting: t('newMeeting') })}
        />
      </Card>
    );
  }
  return (
    <Card>
      <Stack
        direction="row"
        sx={{ alignItems: 'center', justifyContent: 'space-between', pl: 3, pr: 1.5, py: 1 }}
      >
        <Typography component="h2" variant="h3">
          {t('recent.title')}
        </Typography>
        <Button component={Link} to="/rooms">
          {t('recent.manage')}
        </Button>
      </Stack>
      <Divider />
      <Stack component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {mine.rooms.slice(0, SHOWN).map((room) => (
          <RecentRoom key={room.code} room={room} />
        ))}
      </Stack>
    </Card>
  );
}

function RecentRoom({ room }: { room: Room }) {
  const { t } = useTranslation(['landing', 'common']);
  return (
    <Stack
      component="li"
      direction="row"
      spacing={2}
      sx={{
        alignItems: 'center',
        pl: 3,
        pr: 2,
        py: 1.5,
        '& + &': { borderTop: 1, borderColor: 'divider' },
      }}
    >
      <Stack sx={{ minWidth: 0, mr: 'auto !important' }}>
        <Typography component="h3" variant="subtitle1" noWrap>
          {room.name}
        </Typography>
        <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
          {room.code}
        </Typography>
      </Stack>
      <Button
        component={Link}
        to={`/r/${room.code}`}
        variant="outlined"
        aria-label={t('recent.join', { name: room.name })}
      >
        {t('common:join')}
      </Button>
    </Stack>
  );
}

export function RecentRoomsSkeleton() {
  const { t } = useTranslation(['landing', 'common']);
  return (
    <Card aria-busy="true" aria-label={t('recent.loading')} sx={{ px: 3, py: 2 }}>
      <Skeleton width={140} sx={{ typography: 'h3', mb: 1 }} />
      {Array.from({ length: 3 }, (_row, index) => (
        <Stack key={index} direction="row" spacing={2} sx={{ alignItems: 'center', py: 1.5 }}>
          <Stack sx={{ flex: 1 }}>
            <Skeleton width="55%" />
            <Skeleton width="30%" sx={{ typography: 'body2' }} />
          </Stack>
          <Skeleton variant="rounded" width={72} height={44} />
        </Stack>
      ))}
    </Card>
  );
}
