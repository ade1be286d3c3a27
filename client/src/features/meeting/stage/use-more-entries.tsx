import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded';
import HeadphonesRounded from '@mui/icons-material/HeadphonesRounded';
import KeyboardRounded from '@mui/icons-material/KeyboardRounded';
import ScreenShareRounded from '@mui/icons-material/ScreenShareRounded';
import SettingsRounded from '@mui/icons-material/SettingsRounded';
import { may, type Role } from '@vcallpe/shared';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../../hooks/use-store.ts';
import { canShareScreen, type ScreenShare } from '../../../lib/media/screen-share.ts';
import { toggleShare } from '../share/toggle-share.ts';
import type { AudioOnly } from './audio-only.ts';
import { useLayoutEntries, type LayoutEntriesOptions } from './layout-entries.tsx';
import type { MeetingDialog } from './meeting-dialogs.tsx';
import type { MoreEntry } from './more-menu.tsx';

interface MoreEntriesOptions {
  role: Role | undefined;
  share: ScreenShare;
  audioOnly: Pick<AudioOnly, 'on' | 'set'>;
  layout: LayoutEntriesOptions;
  onDialog: (dialog: MeetingDialog) => void;
  onCopyLink: () => void;
}

/**
 * The entries of the menu: first those of this person's media, then what other features bring, then the page's own.
 *
 * @param others stay the same array while nothing of them changes
 */
export function useMoreEntries(
  { role, share, audioOnly, layout, onDialog, onCopyLink }: MoreEntriesOptions,
  others: readonly MoreEntry[] = NONE,
): MoreEntry[] {
  const { t } = useTranslation('media');
  const layoutEntries = useLayoutEntries(layout);
  const sharing = useStore(share).video !== undefined;
  const mayShare = role !== undefined && may(role, 'screen') && canShareScreen();
  const { on, set } = audioOnly;
  return useMemo(() => {
    const shareEntry: MoreEntry = {
      key: 'share',
      icon: <ScreenShareRounded />,
      label: sharing ? t('share.stop') : t('share.start'),
      onClick: () => toggleShare(share),
      phoneOnly: true,
    };
    return [
      ...(mayShare ? [shareEntry] : []),
      ...others,
      ...layoutEntries,
      {
        key: 'audioOnly',
        icon: <HeadphonesRounded />,
        label: on ? t('audioOnly.stop') : t('audioOnly.start'),
        onClick: () => set(!on),
      },
      {
        key: 'shortcuts',
        icon: <KeyboardRounded />,
        label: t('shortcuts'),
        onClick: () => onDialog('shortcuts'),
      },
      {
        key: 'settings',
        icon: <SettingsRounded />,
        label: t('settings'),
        onClick: () => onDialog('settings'),
      },
      { key: 'copyLink', icon: <ContentCopyRounded />, label: t('copyLink'), onClick: onCopyLink },
    ];
  }, [t, sharing, mayShare, others, layoutEntries, on, set, share, onDialog, onCopyLink]);
}

const NONE: readonly MoreEntry[] = [];
