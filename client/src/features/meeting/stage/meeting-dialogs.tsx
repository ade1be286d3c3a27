import { lazy, Suspense } from 'react';
import type { LocalMedia, LocalMediaState } from '../../../lib/media/local-media.ts';

const SettingsDialog = lazy(() => import('../settings/settings-dialog.tsx'));
const ShortcutsDialog = lazy(() => import('../shortcuts/shortcuts-dialog.tsx'));

export type MeetingDialog = 'settings' | 'shortcuts';

interface MeetingDialogsProps {
  shown: MeetingDialog | undefined;
  media: LocalMedia;
  local: LocalMediaState;
  onClose: () => void;
}

/** Loaded when they are wanted. */
export function MeetingDialogs({ shown, media, local, onClose }: MeetingDialogsProps) {
  return (
    <Suspense>
      {shown === 'settings' && <SettingsDialog media={media} local={local} onClose={onClose} />}
      {shown === 'shortcuts' && <ShortcutsDialog onClose={onClose} />}
    </Suspense>
  );
}
