/** One bar at the bottom: microphone, camera, share, what other features hang in, more, leave. */
import Box from '@mui/material/Box';
import { may, type Role } from '@vcallpe/shared';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';
import type { ScreenShare } from '../../../lib/media/screen-share.ts';
import { MediaToggle } from '../media-toggle.tsx';
import { ShareButton } from '../share/share-button.tsx';
import { DeviceMenu } from './device-menu.tsx';
import { LeaveButton } from './leave-button.tsx';
import { MoreMenu, type MoreEntry } from './more-menu.tsx';
import { useDeviceSections } from './use-device-sections.ts';

interface ControlBarProps {
  /** What this person may send decides which buttons there are. */
  role: Role | undefined;
  media: LocalMedia;
  local: LocalMediaState;
  share: ScreenShare;
  /** Buttons of other features, between the share and the menu. */
  children?: ReactNode;
  /** What is in the menu, in its order. */
  more: readonly MoreEntry[];
  onLeave: () => void;
}

export const ControlBar = memo(function ControlBar(props: ControlBarProps) {
  const { role, media, local, share, children, more, onLeave } = props;
  const { t } = useTranslation('meeting');
  const { sound, picture } = useDeviceSections(media, local);
  const speaks = role !== undefined && may(role, 'microphone');
  const shows = role !== undefined && may(role, 'camera');
  return (
    <Box
      role="toolbar"
      aria-label={t('controls')}
      sx={{
        display: 'flex',
        justifyContent: 'center',
        alignItems: 'center',
        gap: { xs: 0.5, sm: 1 },
        px: 1,
        py: 1,
      }}
    >
      {speaks && <MediaToggle source="microphone" media={media} local={local} />}
      <Roomy>
        <DeviceMenu
          label={speaks ? t('devices.sound') : t('devices.speaker')}
          sections={speaks ? sound : sound.slice(1)}
        />
      </Roomy>
      {shows && (
        <>
          <MediaToggle source="camera" media={media} local={local} />
          <Roomy>
            <DeviceMenu label={t('devices.camera')} sections={picture} />
          </Roomy>
        </>
      )}
      {role !== undefined && may(role, 'screen') && <ShareButton share={share} />}
      {children}
      <MoreMenu entries={more} />
      <LeaveButton onLeave={onLeave} />
    </Box>
  );
});

/** On a phone devices are chosen in the settings. */
function Roomy({ children }: { children: ReactNode }) {
  return <Box sx={{ display: { xs: 'none', sm: 'contents' } }}>{children}</Box>;
}
