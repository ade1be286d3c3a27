/** The page behind a meeting's link: finds the room, and hands over to the visit of it. */
import Skeleton from '@mui/material/Skeleton';
import { AppError, parseRoomCode } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { PageLayout } from '../../app/layout.tsx';
import { useAuth } from '../../hooks/use-auth.tsx';
import { PrejoinGrid } from './prejoin/prejoin-grid.tsx';
import { RoomProblem } from './room-problem.tsx';
import { RoomVisit } from './room-visit.tsx';
import { useRoom } from './use-room.ts';

export default function RoomPage() {
  const { code: typed = '' } = useParams();
  const code = parseRoomCode(typed);
  if (!code) {
    return (
      <PageLayout>
        <RoomProblem error={new AppError('ROOM_NOT_FOUND', 'The address has no room code')} />
      </PageLayout>
    );
  }
  return <FoundRoom key={code} code={code} />;
}

function FoundRoom({ code }: { code: string }) {
  const { status } = useAuth();
  const { room, error, retry } = useRoom(code);
  if (room && status !== 'loading') return <RoomVisit room={room} />;
  return <PageLayout>{error ? <RoomProblem error={error} onRetry={retry} /> : <RoomSkeleton />}</PageLayout>;
}

/** The pre-join page before it is known what for. */
function RoomSkeleton() {
  const { t } = useTranslation('meeting');
  return (
    <PrejoinGrid aria-busy="true" aria-label={t('loading')}>
      <Skeleton variant="rounded" sx={{ aspectRatio: '16 / 9', width: 1, height: 'auto' }} />
      <div>
        <Skeleton variant="text" width="60%" sx={{ typography: 'h2' }} />
        <Skeleton variant="rounded" height={56} sx={{ mt: 3 }} />
        <Skeleton variant="rounded" height={52} sx={{ mt: 2 }} />
      </div>
    </PrejoinGrid>
  );
}
