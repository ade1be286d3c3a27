import TextField from '@mui/material/TextField';
import { RoomName } from '@vcallpe/shared';
import type { Room } from '@vcallpe/shared';
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
  const { field, ...form } = useForm({
    schema: NewRoom,
    initial: { name: '' },
    submit: async (body) => {
      onCreated(await api.createRoom(body));
      onClose();
    },
  });
  return (
    <FormDialog title="New meeting" action="Create" onClose={onClose} {...form}>
      <TextField
        {...field('name', 'For example the name of your team')}
        label="Meeting name"
        autoComplete="off"
        autoFocus
        fullWidth
      />
    </FormDialog>
  );
}
