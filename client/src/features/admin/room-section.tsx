/** One meeting: where its routers are, and its peers with what they send and receive. */
import Button from '@mui/material/Button';
import Pagination from '@mui/material/Pagination';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { AppError } from '@vcallpe/shared';
import type { AdminPeer, AdminRoomDetail } from '@vcallpe/shared';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/notice.tsx';
import { formatBps } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { adminApi } from './admin-api.ts';
import { CopyId } from './copy-id.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { Section } from './section.tsx';
import { SilentServer } from './silent-server.tsx';
import { usePolled } from './use-polled.ts';

interface RoomSectionProps {
  code: string;
  onClose: () => void;
}

function sends({ producers }: AdminPeer): string {
  const each = producers.map(({ source, paused }) => {
    const name = t(`admin:room.sources.${source}`);
    return paused ? t('admin:room.off', { source: name }) : name;
  });
  return each.join(', ') || t('admin:room.nothing');
}

const peerColumns = (): [Column<AdminPeer>, ...Column<AdminPeer>[]] => [
  {
    key: 'name',
    label: t('admin:room.peer'),
    value: ({ displayName }) => displayName,
    cell: ({ displayName, peerId }) => (
      <>
        {displayName}
        <CopyId id={peerId} name={displayName} />
      </>
    ),
    onPhone: true,
  },
  { key: 'role', label: t('admin:room.role'), value: ({ role }) => t(`admin:room.roles.${role}`) },
  { key: 'worker', label: t('admin:room.worker'), value: ({ worker }) => worker },
  { key: 'sends', label: t('admin:room.sends'), value: sends },
  {
    key: 'consumers',
    label: t('admin:room.receives'),
    value: ({ consumers }) => consumers.active,
    text: ({ consumers: { active, paused } }) => t('admin:room.some', { active, total: active + paused }),
  },
  {
    key: 'up',
    label: t('admin:room.up'),
    value: ({ upBps }) => upBps,
    text: ({ upBps }) => formatBps(upBps),
    onPhone: true,
  },
  {
    key: 'down',
    label: t('admin:room.down'),
    value: ({ downBps }) => downBps,
    text: ({ downBps }) => formatBps(downBps),
    onPhone: true,
  },
];

export function RoomSection({ code, onClose }: RoomSectionProps) {
  useTranslation('admin');
  const [page, setPage] = useState(1);
  const ask = useCallback(() => adminApi.room(code, page), [code, page]);
  const { value: detail, error } = usePolled(ask);
  const over = error instanceof AppError && error.code === 'ROOM_NOT_FOUND';

  return (
    <Section
      title={detail?.room.name ?? code}
      controls={<Button onClick={onClose}>{t('common:close')}</Button>}
    >
      {over ? (
        <Notice heading="h2" title={t('admin:room.over')} body={t('admin:room.overBody')} />
      ) : (
        <>
          {/* The page says it for both, but a first answer may fail here alone. */}
          {error !== undefined && !detail && <SilentServer since={undefined} />}
          {detail ? (
            <>
              <RouterLine detail={detail} />
              <DataTable
                name={t('admin:room.peersOf', { name: detail.room.name })}
                columns={peerColumns()}
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
            <Stack sx={{ px: 2, pb: 2 }} aria-busy="true" aria-label={t('admin:room.loading')}>
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
  const each = routers.map(({ worker, peers, pipesIn }) =>
    t('admin:room.router', { worker, count: peers, pipesIn }),
  );
  return (
    <Typography variant="body2" sx={{ px: 2, pb: 1, color: 'text.secondary' }}>
      {room.code} · {each.join(' · ')}
    </Typography>
  );
}
