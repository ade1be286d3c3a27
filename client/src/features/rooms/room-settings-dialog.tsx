import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Slider from '@mui/material/Slider';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { LIMITS, RoomName } from '@vcallpe/shared';
import type { Room } from '@vcallpe/shared';
import { useId, useState } from 'react';
import { z } from 'zod';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useForm } from '../../hooks/use-form.ts';
import { api } from '../../lib/api/client.ts';

const RenamedRoom = z.strictObject({ name: RoomName });

interface RoomSettingsDialogProps {
  room: Room;
  onSaved: (room: Room) => void;
  onClose: () => void;
}

export function RoomSettingsDialog({ room, onSaved, onClose }: RoomSettingsDialogProps) {
  const [settings, setSettings] = useState(room.settings);
  const { field, ...form } = useForm({
    schema: RenamedRoom,
    initial: { name: room.name },
    submit: async ({ name }) => {
      onSaved(await api.updateRoom(room.code, { name, settings }));
      onClose();
    },
  });
  const id = useId();
  return (
    <FormDialog title="Name and settings" action="Save" onClose={onClose} {...form}>
      <TextField
        {...field('name', 'Everyone who joins sees it')}
        label="Meeting name"
        autoComplete="off"
        fullWidth
      />
      <Box>
        <FormControlLabel
          control={
            <Switch
              checked={settings.guestsAllowed}
              onChange={(_event, guestsAllowed) => setSettings({ ...settings, guestsAllowed })}
              slotProps={{ input: { 'aria-describedby': `${id}guests` } }}
            />
          }
          label="Let guests in"
        />
        <FormHelperText id={`${id}guests`}>
          {settings.guestsAllowed
            ? 'Anyone with the link can join by giving a name.'
            : 'Only people with an account can join.'}
        </FormHelperText>
      </Box>
      <Stack>
        <Typography id={`${id}most`}>At most {settings.maxParticipants} people</Typography>
        {/* The thumb stays inside the dialog at both ends. */}
        <Box sx={{ px: 1.5 }}>
          <Slider
            value={settings.maxParticipants}
            onChange={(_event, maxParticipants) => setSettings({ ...settings, maxParticipants })}
            min={2}
            max={LIMITS.participantsPerRoom}
            aria-labelledby={`${id}most`}
          />
        </Box>
      </Stack>
    </FormDialog>
  );
}
