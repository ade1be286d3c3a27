import MicNoneRounded from '@mui/icons-material/MicNoneRounded';
import VideocamOutlined from '@mui/icons-material/VideocamOutlined';
import VolumeUpOutlined from '@mui/icons-material/VolumeUpOutlined';
import Box from '@mui/material/Box';
import InputAdornment from '@mui/material/InputAdornment';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeviceList } from '../../../hooks/use-device-list.ts';
import type { Device } from '../../../lib/media/devices.ts';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import { SpeakerTest } from '../settings/speaker-test.tsx';
import { LevelBar } from './level-bar.tsx';

interface DeviceFieldsProps {
  media: LocalMedia;
  local: LocalMediaState;
  /** Below each other, also where there is room beside. */
  stacked?: boolean;
}

/** Which camera, microphone and, where the browser can choose it, speaker; each by its name. */
export function DeviceFields({ media, local, stacked = false }: DeviceFieldsProps) {
  const { microphone, camera, speakerId } = local;
  const { t } = useTranslation('meeting');
  const { cameras, microphones, speakers } = useDeviceList(microphone.track, camera.track);
  return (
    <Box
      sx={{
        display: 'grid',
        columnGap: 2,
        rowGap: 2.5,
        gridAutoColumns: 'minmax(0, 1fr)',
        gridAutoFlow: stacked ? undefined : { sm: 'column' },
      }}
    >
      <DeviceField
        label={t('devices.camera')}
        icon={<VideocamOutlined />}
        devices={cameras}
        chosen={camera.deviceId}
        onChoose={(deviceId) => void media.chooseDevice('camera', deviceId)}
      />
      <Box>
        <DeviceField
          label={t('devices.microphone')}
          icon={<MicNoneRounded />}
          devices={microphones}
          chosen={microphone.deviceId}
          onChoose={(deviceId) => void media.chooseDevice('microphone', deviceId)}
        />
        <Box sx={{ mt: 1 }}>
          <LevelBar track={microphone.on ? microphone.track : undefined} />
        </Box>
      </Box>
      <Box>
        {speakers.length > 0 && (
          <DeviceField
            label={t('devices.speaker')}
            icon={<VolumeUpOutlined />}
            devices={speakers}
            chosen={speakerId ?? speakers[0]?.deviceId}
            onChoose={(deviceId) => media.chooseSpeaker(deviceId)}
          />
        )}
        <SpeakerTest speakerId={speakerId} />
      </Box>
    </Box>
  );
}

interface DeviceFieldProps {
  label: string;
  icon: ReactNode;
  devices: readonly Device[];
  chosen: string | undefined;
  onChoose: (deviceId: string) => void;
}

function DeviceField({ label, icon, devices, chosen, onChoose }: DeviceFieldProps) {
  const { t } = useTranslation('meeting');
  const value = devices.some(({ deviceId }) => deviceId === chosen) ? chosen : '';
  return (
    <TextField
      select
      fullWidth
      size="small"
      label={label}
      value={value}
      disabled={devices.length === 0}
      onChange={({ target }) => onChoose(target.value)}
      slotProps={{
        input: { startAdornment: <InputAdornment position="start">{icon}</InputAdornment> },
        inputLabel: { shrink: true },
        select: {
          displayEmpty: true,
          renderValue: () =>
            devices.find(({ deviceId }) => deviceId === value)?.label ??
            (devices.length === 0 ? t('devices.none') : t('devices.choose')),
        },
      }}
    >
      {devices.map(({ deviceId, label: name }) => (
        <MenuItem key={deviceId} value={deviceId}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
