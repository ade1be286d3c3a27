import CallEndRounded from '@mui/icons-material/CallEndRounded';
import LinkRounded from '@mui/icons-material/LinkRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { memo } from 'react';
import { useDeviceList } from '../../../hooks/use-device-list.ts';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import { MediaToggle } from '../media-toggle.tsx';
import { DeviceMenu, type DeviceSection } from './device-menu.tsx';

interface ControlBarProps {
  media: LocalMedia;
  local: LocalMediaState;
  onCopyLink: () => void;
  onLeave: () => void;
}

export const ControlBar = memo(function ControlBar({ media, local, onCopyLink, onLeave }: ControlBarProps) {
  const { sound, picture } = useDeviceSections(media, local);
  return (
    <Box
      role="toolbar"
      aria-label="Meeting controls"
      sx={{
        display: 'flex',
        justifyContent: 'center',
        alignItems: 'center',
        gap: { xs: 0.5, sm: 1 },
        px: 1,
        py: 1,
      }}
    >
      <MediaToggle source="microphone" media={media} local={local} />
      <DeviceMenu label="Microphone and speaker" sections={sound} />
      <MediaToggle source="camera" media={media} local={local} />
      <DeviceMenu label="Camera" sections={picture} />
      <Tooltip title="Copy link">
        <IconButton
          aria-label="Copy link"
          onClick={onCopyLink}
          sx={{
            width: 48,
            height: 48,
            color: 'stage.contrastText',
            bgcolor: 'stage.border',
            '&:hover': { bgcolor: 'stage.border', opacity: 0.88 },
          }}
        >
          <LinkRounded />
        </IconButton>
      </Tooltip>
      <Tooltip title="Leave">
        <IconButton
          aria-label="Leave"
          onClick={onLeave}
          sx={{
            ml: { xs: 1.5, sm: 4 },
            width: 64,
            height: 48,
            borderRadius: (theme) => theme.vars.shape.pillRadius,
            color: 'stage.dangerContrastText',
            bgcolor: 'stage.danger',
            '&:hover': { bgcolor: 'stage.danger', opacity: 0.88 },
          }}
        >
          <CallEndRounded />
        </IconButton>
      </Tooltip>
    </Box>
  );
});

function useDeviceSections(
  media: LocalMedia,
  { microphone, camera, speakerId }: LocalMediaState,
): { sound: DeviceSection[]; picture: DeviceSection[] } {
  const { microphones, speakers, cameras } = useDeviceList(microphone.track, camera.track);
  const sound: DeviceSection[] = [
    {
      title: 'Microphone',
      devices: microphones,
      chosen: microphone.deviceId,
      onChoose: (deviceId) => void media.chooseDevice('microphone', deviceId),
    },
  ];
  if (speakers.length > 0) {
    sound.push({
      title: 'Speaker',
      devices: speakers,
      chosen: speakerId ?? speakers[0]?.deviceId,
      onChoose: (deviceId) => media.chooseSpeaker(deviceId),
    });
  }
  const picture: DeviceSection[] = [
    {
      title: 'Camera',
      devices: cameras,
      chosen: camera.deviceId,
      onChoose: (deviceId) => void media.chooseDevice('camera', deviceId),
    },
  ];
  return { sound, picture };
}
