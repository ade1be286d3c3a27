import { may, type Role } from '@vcallpe/shared';
import { useEffect, useState } from 'react';
import type { Conference } from '../../../conference/conference.ts';
import { useStore } from '../../../hooks/use-store.ts';
import { ScreenShare } from '../../../lib/media/screen-share.ts';

/** This person's share for as long as the meeting is on the screen, sent while the role allows it. */
export function useShare(
  conference: Pick<Conference, 'setScreen' | 'on'>,
  role: Role | undefined,
): ScreenShare {
  const [share] = useState(() => new ScreenShare());
  const { video, sound } = useStore(share);
  useEffect(() => {
    void conference.setScreen(video, sound);
  }, [conference, video, sound]);
  // A host has stopped it: the browser's own mark that the screen is seen has to go too.
  useEffect(
    () =>
      conference.on('moderated', ({ act }) => {
        if (act.act === 'videoStopped' && act.source === 'screen') share.stop();
      }),
    [conference, share],
  );
  useEffect(() => {
    if (role !== undefined && !may(role, 'screen')) share.stop();
  }, [role, share]);
  useEffect(() => () => share.stop(), [share]);
  return share;
}
