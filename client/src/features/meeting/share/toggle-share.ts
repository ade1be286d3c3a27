import type { ScreenShare } from '../../../lib/media/screen-share.ts';

/** To be called from a click or a key: browsers let a page ask for the screen from those only. */
export function toggleShare(share: ScreenShare): void {
  if (share.getState().video) share.stop();
  else void share.start();
}
