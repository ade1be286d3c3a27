/** One meeting: where its routers are, and its peers with what they send and receive. */
import Button from '@mui/material/Button';
import Pagination from '@mui/material/Pagination';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { AppError } from '@vcallpe/shared';
import type { AdminPeer, AdminRoomDetail } from '@vcallpe/shared';
import { useCallback, useState } from 'react';
import { Notice } from '../../components/notice.tsx';
import { adminApi } from './admin-api.ts';
import { CopyId } from './copy-id.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { formatBps } from './format.ts';
import { Section } from './section.tsx';
import { SilentServer } from './silent-server.tsx';
import { usePolled } from './use-polled.ts';

interface RoomSectionProps {
  code: string;
  onClose: () => void;
}

const sends = ({ producers }: AdminPeer) =>
  producers.map(({ source, paused }) => (paused ? `${source} (off)` : source)).join(', ') || 'nothing';

const PEER_COLUMNS: [Column<AdminPeer>, ...Column<AdminPeer>[]] = [
  {
    key: 'name',
    label: 'Peer',
    value: ({ displayName }) => displayName,
    cell: ({ displayName, peerId }) => (
      <>
        {displayName}
        <CopyId id={peerId} name={displayName} />
      </>
    ),
    onPhone: true,
  },
  { key: 'role', label: 'Role', value: ({ role }) => role },
  { key: 'worker', label: 'Worker', value: ({ worker }) => worker },
  { key: 'sends', label: 'Sends', value: sends },
  {
    key: 'consumers',
    label: 'Receives',
    value: ({ consumers }) => consumers.active,
    text: ({ consumers: { active, paused } }) => `${active} of ${active + paused}`,
  },
  {
    key: 'up',
    label: 'Up',
    value: ({ upBps }) => upBps,
    text: ({ upBps }) => formatBps(upBps),
    onPhone: true,
  },
  {
    key: 'down',
    label: 'Down',
    value: ({ downBps }) => downBps,
    text: ({ downBps }) => formatBps(downBps),
    onPhone: true,
  },
];

export function RoomSection({ code, onClose }: RoomSectionProps) {
  const [page, setPage] = useState(1);
  const ask = useCallback(() => adminApi.room(code, page), [code, page]);
  const { value: detail, error } = usePolled(ask);
  const over = error instanceof AppError && error.code === 'ROOM_NOT_FOUND';

  return (
    <Section title={detail?.room.name ?? code} controls={<Button onClick={onClose}>Close</Button>}>
      {over ? (
        <Notice heading="h2" title="Nobody is in this meeting" body="It has ended, or has not begun yet." />
      ) : (
        <>
          {/* The page says it for both, but a first answer may fail here alone. */}
          {error !== undefined && !detail && <SilentServer since={undefined} />}
          {detail ? (
            <>
              <RouterLine detail={detail} />
              <DataTable
                name={`Peers of ${detail.room.name}`}
                columns={PEER_COLUMNS}
                rows={detail.peers}
                rowKey={({ peerId }) => peerId}
                order={{ key: 'name', descending: false }}
              />
              {detail.pages > 1 && (
                <Pagination
                  count={detail.pages}
                  page={detail.page}
                  onChange={(_event, next) => setPage(next)}
                  sx={{ p: 2 }}
                />
              )}
            </>
          ) : (
            <Stack sx={{ px: 2, pb: 2 }} aria-busy="true" aria-label="Loading the meeting">
              <Skeleton />
              <Skeleton />
            </Stack>
          )}
        </>
      )}
    </Section>
  );
}

function RouterLine({ detail: { room, routers } }: { detail: AdminRoomDetail }) {
  const each = routers.map(
    ({ worker, peers, pipesIn }) => `worker ${worker}: ${peers} peers, ${pipesIn} piped in`,
  );
  return (
    <Typography variant="body2" sx={{ px: 2, pb: 1, color: 'text.secondary' }}>
      {room.code} · {each.join(' · ')}
    </Typography>
  );
}
