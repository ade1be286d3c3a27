/** Pre-join, the meeting, and the page after it, by the state of the conference; one pair of devices for all. */
import type { Room } from '@vcallpe/shared';
import { PageLayout } from '../../app/layout.tsx';
import { useLocalMedia } from '../../hooks/use-local-media.ts';
import { ToastProvider } from '../../hooks/use-toast.tsx';
import { comesAsViewer } from './comes-as-viewer.ts';
import { LeftPage } from './left/left-page.tsx';
import { Prejoin } from './prejoin/prejoin.tsx';
import { RoomProblem } from './room-problem.tsx';
import { Meeting } from './stage/meeting.tsx';
import { WaitingPage } from './waiting/waiting-page.tsx';
import { useSession } from './use-session.ts';

export function RoomVisit({ room }: { room: Room }) {
  const { media, state: local } = useLocalMedia(!comesAsViewer(room));
  const { state, conversation, join, rejoin, leave, retryNow, show } = useSession(room.code, media, local);
  const { status, joinedAt, ended } = state;

  if (conversation && (status === 'joined' || status === 'reconnecting')) {
    return (
      // Its own toasts, so that what is said of the meeting goes with it.
      <ToastProvider>
        <Meeting
          room={room}
          state={state}
          conversation={conversation}
          media={media}
          local={local}
          onLeave={leave}
          onRetryNow={retryNow}
          onShow={show}
        />
      </ToastProvider>
    );
  }
  return (
    <PageLayout>
      {ended && joinedAt !== undefined ? (
        <LeftPage room={room} ended={ended} joinedAt={joinedAt} onRejoin={rejoin} />
      ) : status === 'waiting' ? (
        <WaitingPage room={room} waiting={state.waiting} media={media} local={local} onLeave={leave} />
      ) : ended?.reason === 'roomGone' ? (
        <RoomProblem error={ended.error} />
      ) : (
        <Prejoin
          room={room}
          media={media}
          local={local}
          joining={status === 'joining'}
          error={ended?.reason === 'meetingEnded' ? undefined : ended?.error}
          over={ended?.reason === 'meetingEnded'}
          onJoin={join}
        />
      )}
    </PageLayout>
  );
}
