import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Divider from '@mui/material/Divider';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Room } from '@vcallpe/shared';
import { Link } from 'react-router';
import { Failure } from '../../components/failure.tsx';
import { Notice } from '../../components/notice.tsx';
import { useMyRooms } from '../../hooks/use-my-rooms.ts';

const SHOWN = 4;

/** The newest of one's own meetings, each one click away. */
export function RecentRooms() {
  const { mine } = useMyRooms();
  if (mine.status === 'loading') return <RecentRoomsSkeleton />;
  if (mine.status === 'failed') return <Failure error={mine.error} onRetry={mine.retry} />;
  if (mine.rooms.length === 0) {
    return (
      <Card sx={{ px: 3 }}>
        <Notice
          heading="h2"
          title="No meetings yet"
          body="“New meeting” makes one with a link that stays the same, so that you can meet there again."
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
          Your meetings
        </Typography>
        <Button component={Link} to="/rooms">
          Manage
        </Button>
      </Stack>
      <Divider />
      <Stack component="ul" divider={<Divider component="li" />} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {mine.rooms.slice(0, SHOWN).map((room) => (
          <RecentRoom key={room.code} room={room} />
        ))}
      </Stack>
    </Card>
  );
}

function RecentRoom({ room }: { room: Room }) {
  return (
    <Stack component="li" direction="row" spacing={2} sx={{ alignItems: 'center', pl: 3, pr: 2, py: 1.5 }}>
      <Stack sx={{ minWidth: 0, mr: 'auto !important' }}>
        <Typography variant="subtitle1" noWrap>
          {room.name}
        </Typography>
        <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
          {room.code}
        </Typography>
      </Stack>
      <Button component={Link} to={`/r/${room.code}`} variant="outlined" aria-label={`Join ${room.name}`}>
        Join
      </Button>
    </Stack>
  );
}

export function RecentRoomsSkeleton() {
  return (
    <Card aria-busy="true" aria-label="Loading your meetings" sx={{ px: 3, py: 2 }}>
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
