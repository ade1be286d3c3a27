import MicOffRounded from '@mui/icons-material/MicOffRounded';
import MicRounded from '@mui/icons-material/MicRounded';
import VideocamOffRounded from '@mui/icons-material/VideocamOffRounded';
import VideocamRounded from '@mui/icons-material/VideocamRounded';
import Badge from '@mui/material/Badge';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import { shortcutName } from '../../hooks/use-shortcuts.ts';
import type { DeviceSource } from '../../lib/media/devices.ts';
import type { LocalMedia, LocalMediaState } from '../../lib/media/local-media.ts';
import { SHORTCUTS, toggle } from './media-shortcuts.ts';

const LOOKS = {
  microphone: { OnIcon: MicRounded, OffIcon: MicOffRounded },
  camera: { OnIcon: VideocamRounded, OffIcon: VideocamOffRounded },
} as const;

interface MediaToggleProps {
  source: DeviceSource;
  media: LocalMedia;
  local: LocalMediaState;
}

/** The button of the microphone or the camera. Off is the one that stands out: nobody should wonder. */
export function MediaToggle({ source, media, local }: MediaToggleProps) {
  const { t } = useTranslation('meeting');
  const { on, problem } = local[source];
  const { OnIcon, OffIcon } = LOOKS[source];
  const label = on ? t(`${source}.off`) : t(`${source}.on`);
  const Icon = on ? OnIcon : OffIcon;
  const background = on ? 'stage.border' : 'stage.contrastText';
  return (
    <Tooltip title={t('withKeys', { label, keys: shortcutName(SHORTCUTS[source]) })}>
      <IconButton
        aria-label={label}
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
