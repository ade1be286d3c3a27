import { AppError } from '@vcallpe/shared';
import type { Room } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { api } from '../../lib/api/client.ts';

interface DeleteRoomDialogProps {
  room: Room;
  onDeleted: (room: Room) => void;
  onClose: () => void;
}

export function DeleteRoomDialog({ room, onDeleted, onClose }: DeleteRoomDialogProps) {
  const { t } = useTranslation('rooms');

  async function remove() {
    try {
      await api.deleteRoom(room.code);
    } catch (error) {
      // Deleted in another tab, or the answer to an earlier try was lost: what was wanted is so.
      if (!(error instanceof AppError && error.code === 'ROOM_NOT_FOUND')) throw error;
    }
    onDeleted(room);
    onClose();
  }

  return (
    <ConfirmDialog
      title={t('deleteAsk', { name: room.name })}
      action={t('delete')}
      onConfirm={remove}
      onClose={onClose}
    >
      {t('deleteMeaning')}
    </ConfirmDialog>
  );
}
