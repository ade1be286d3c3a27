import { may, type Role } from '@vcallpe/shared';
import { useKeys, useShortcuts } from '../../../hooks/use-shortcuts.ts';
import type { LocalMedia } from '../../../lib/media/local-media.ts';
import { canShareScreen, type ScreenShare } from '../../../lib/media/screen-share.ts';
import { mediaKeys, mediaShortcuts } from '../media-shortcuts.ts';
import { toggleShare } from '../share/toggle-share.ts';
import { usePushToTalk } from './use-push-to-talk.ts';

interface MeetingKeysOptions {
  role: Role | undefined;
  media: LocalMedia;
  share: ScreenShare;
  /** Shows what all the keys do. */
  onList: () => void;
  /** Keys of other features, by letter. */
  more: Readonly<Record<string, () => void>>;
}

/** Everything that a key does in a meeting; `list.ts` tells people of it. */
export function useMeetingKeys({ role, media, share, onList, more }: MeetingKeysOptions): void {
  const speaks = role !== undefined && may(role, 'microphone');
  const shares = role !== undefined && may(role, 'screen') && canShareScreen();
  useShortcuts(speaks ? mediaShortcuts(media) : {});
  useKeys({
    ...(speaks && mediaKeys(media)),
    ...(shares && { s: () => toggleShare(share) }),
    '?': onList,
    ...more,
  });
  usePushToTalk(speaks ? media : undefined);
}
