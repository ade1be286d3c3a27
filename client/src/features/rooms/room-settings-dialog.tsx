import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Slider from '@mui/material/Slider';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { LIMITS, RoomName, RoomPassword } from '@vcallpe/shared';
import type { Room } from '@vcallpe/shared';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { FormDialog } from '../../components/form-dialog.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { useForm } from '../../hooks/use-form.ts';
import { api } from '../../lib/api/client.ts';

const newPassword = z.object({ name: RoomName, password: RoomPassword });
/** Without a new one the present password stays. */
const samePassword = z.object({ name: RoomName, password: RoomPassword.or(z.literal('')) });

interface RoomSettingsDialogProps {
  room: Room;
  onSaved: (room: Room) => void;
  onClose: () => void;
}

export function RoomSettingsDialog({ room, onSaved, onClose }: RoomSettingsDialogProps) {
  const { t } = useTranslation(['rooms', 'history', 'common']);
  const [settings, setSettings] = useState(room.settings);
  const [locked, setLocked] = useState(room.hasPassword);
  const { field, ...form } = useForm({
    schema: locked && !room.hasPassword ? newPassword : samePassword,
    initial: { name: room.name, password: '' },
    submit: async ({ name, password }) => {
      const changed = locked ? password || undefined : room.hasPassword ? null : undefined;
      onSaved(await api.updateRoom(room.code, { name, settings, password: changed }));
      onClose();
    },
  });
  const id = useId();
  return (
    <FormDialog title={t('settings')} action={t('common:save')} onClose={onClose} {...form}>
      <TextField {...field('name', t('nameHint'))} label={t('name')} autoComplete="off" fullWidth />
      <SwitchField
        label={t('guests')}
        checked={settings.guestsAllowed}
        hint={settings.guestsAllowed ? t('guestsYes') : t('guestsNo')}
        onChange={(guestsAllowed) => setSettings({ ...settings, guestsAllowed })}
      />
      {(['lobby', 'joinBeforeHost', 'joinAsViewer'] as const).map((name) => (
        <SwitchField
          key={name}
          label={t(`history:settings.${name}`)}
          checked={settings[name]}
          hint={t(settings[name] ? `history:settings.${name}On` : `history:settings.${name}Off`)}
          onChange={(on) => setSettings({ ...settings, [name]: on })}
        />
      ))}
      <SwitchField
        label={t('history:settings.password')}
        checked={locked}
        hint={t(locked ? 'history:settings.passwordOn' : 'history:settings.passwordOff')}
        onChange={setLocked}
      />
      {locked && (
        <PasswordField
          {...field('password', room.hasPassword ? t('history:settings.keepPassword') : undefined)}
          label={t('history:settings.newPassword')}
          autoComplete="off"
          fullWidth
        />
      )}
      <Stack>
        <Typography id={`${id}most`}>{t('most', { count: settings.maxParticipants })}</Typography>
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

interface SwitchFieldProps {
  label: string;
  /** What it means as it stands now. */
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function SwitchField({ label, hint, checked, onChange }: SwitchFieldProps) {
  const id = useId();
  return (
    <Box>
      <FormControlLabel
        control={
          <Switch
            checked={checked}
            onChange={(_event, on) => onChange(on)}
            slotProps={{ input: { 'aria-describedby': id } }}
          />
        }
        label={label}
      />
      <FormHelperText id={id}>{hint}</FormHelperText>
    </Box>
  );
}
