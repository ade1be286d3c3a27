/** One's own meetings: make, enter, share, change and delete them. */
import VideoCallRounded from '@mui/icons-material/VideoCallRounded';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Room } from '@vcallpe/shared';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../components/failure.tsx';
import { Notice } from '../../components/notice.tsx';
import { useMyRooms } from '../../hooks/use-my-rooms.ts';
import { useToast } from '../../hooks/use-toast.tsx';
import { CreateRoomDialog } from './create-room-dialog.tsx';
import { DeleteRoomDialog } from './delete-room-dialog.tsx';
import { RoomRow } from './room-row.tsx';
import { RoomSettingsDialog } from './room-settings-dialog.tsx';

type OpenDialog = { kind: 'create' } | { kind: 'settings' | 'delete'; room: Room } | undefined;

export default function RoomsPage() {
  const { t } = useTranslation('rooms');
  const { mine, change } = useMyRooms();
  const [dialog, setDialog] = useState<OpenDialog>();
  const toast = useToast();
  const close = () => setDialog(undefined);

  return (
    <Stack spacing={3}>
      <title>{`${t('title')} · VCallPe`}</title>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center', justifyContent: 'space-between' }}>
        <Typography component="h1" variant="h2">
          {t('title')}
        </Typography>
        <Button
          variant="contained"
          startIcon={<VideoCallRounded />}
          onClick={() => setDialog({ kind: 'create' })}
        >
          {t('new')}
        </Button>
      </Stack>

      {mine.status === 'loading' && <RowsSkeleton />}
      {mine.status === 'failed' && <Failure error={mine.error} onRetry={mine.retry} />}
      {mine.status === 'loaded' && mine.rooms.length === 0 && (
        <Card sx={{ px: 3, py: 4 }}>
          <Notice heading="h2" title={t('none')} body={t('noneBody')} />
        </Card>
      )}
      {mine.status === 'loaded' && mine.rooms.length > 0 && (
        <Stack component="ul" spacing={1.5} sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {mine.rooms.map((room) => (
            <RoomRow
              key={room.code}
              room={room}
              onSettings={() => setDialog({ kind: 'settings', room })}
              onDelete={() => setDialog({ kind: 'delete', room })}
            />
          ))}
        </Stack>
      )}

      {dialog?.kind === 'create' && (
        <CreateRoomDialog
          onClose={close}
          onCreated={(room) => {
            change((rooms) => [room, ...rooms]);
            toast(t('created'));
          }}
        />
      )}
      {dialog?.kind === 'settings' && (
        <RoomSettingsDialog
          room={dialog.room}
          onClose={close}
          onSaved={(saved) =>
            change((rooms) => rooms.map((room) => (room.code === saved.code ? saved : room)))
          }
        />
      )}
      {dialog?.kind === 'delete' && (
        <DeleteRoomDialog
          room={dialog.room}
          onClose={close}
          onDeleted={({ code }) => change((rooms) => rooms.filter((room) => room.code !== code))}
        />
      )}
    </Stack>
  );
}

function RowsSkeleton() {
  const { t } = useTranslation('rooms');
  return (
    <Stack spacing={1.5} aria-busy="true" aria-label={t('loading')}>
      {Array.from({ length: 3 }, (_row, index) => (
        <Card key={index} sx={{ px: 3, py: 2.5 }}>
          <Skeleton width="40%" />
          <Skeleton width="25%" sx={{ typography: 'body2' }} />
        </Card>
      ))}
    </Stack>
  );
}
