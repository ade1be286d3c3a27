import TextField from '@mui/material/TextField';
import { RoomName } from '@vcallpe/shared';
import type { Room } from '@vcallpe/shared';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useForm } from '../../hooks/use-form.ts';
import { api } from '../../lib/api/client.ts';

const NewRoom = z.strictObject({ name: RoomName });

interface CreateRoomDialogProps {
  onCreated: (room: Room) => void;
  onClose: () => void;
}

export function CreateRoomDialog({ onCreated, onClose }: CreateRoomDialogProps) {
  const { t } = useTranslation('rooms');
  const { field, ...form } = useForm({
    schema: NewRoom,
    initial: { name: '' },
    submit: async (body) => {
      onCreated(await api.createRoom(body));
      onClose();
    },
  });
  return (
    <FormDialog title={t('new')} action={t('create')} onClose={onClose} {...form}>
      <TextField
        {...field('name', t('nameExample'))}
        label={t('name')}
        autoComplete="off"
        autoFocus
        fullWidth
      />
    </FormDialog>
  );
}
