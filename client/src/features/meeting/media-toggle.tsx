import MicOffRounded from '@mui/icons-material/MicOffRounded';
import MicRounded from '@mui/icons-material/MicRounded';
import VideocamOffRounded from '@mui/icons-material/VideocamOffRounded';
import VideocamRounded from '@mui/icons-material/VideocamRounded';
import Badge from '@mui/material/Badge';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { shortcutName } from '../../hooks/use-shortcuts.ts';
import type { DeviceSource } from '../../lib/media/devices.ts';
import type { LocalMedia, LocalMediaState } from '../../lib/media/local-media.ts';
import { SHORTCUTS, toggle } from './media-shortcuts.ts';

const LOOKS = {
  microphone: { off: 'Mute', on: 'Unmute', OnIcon: MicRounded, OffIcon: MicOffRounded },
  camera: {
    off: 'Turn camera off',
    on: 'Turn camera on',
    OnIcon: VideocamRounded,
    OffIcon: VideocamOffRounded,
  },
} as const;

interface MediaToggleProps {
  source: DeviceSource;
  media: LocalMedia;
  local: LocalMediaState;
}

/** The button of the microphone or the camera. Off is the one that stands out: nobody should wonder. */
export function MediaToggle({ source, media, local }: MediaToggleProps) {
  const { on, problem } = local[source];
  const { OnIcon, OffIcon, ...verbs } = LOOKS[source];
  const verb = on ? verbs.off : verbs.on;
  const Icon = on ? OnIcon : OffIcon;
  const background = on ? 'stage.border' : 'stage.contrastText';
  return (
    <Tooltip title={`${verb} (${shortcutName(SHORTCUTS[source])})`}>
      <IconButton
        aria-label={verb}
        onClick={() => toggle(media, source)}
        sx={{
          width: 48,
          height: 48,
          color: on ? 'stage.contrastText' : 'stage.main',
          bgcolor: background,
          '&:hover': { bgcolor: background, opacity: 0.88 },
        }}
      >
        <Badge color="warning" variant="dot" overlap="circular" invisible={!problem}>
          <Icon />
        </Badge>
      </IconButton>
    </Tooltip>
  );
}
