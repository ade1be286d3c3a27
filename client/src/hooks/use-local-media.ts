import { useEffect, useState, useSyncExternalStore } from 'react';
import { watchDevices } from '../lib/media/hot-plug.ts';
import { LocalMedia, type LocalMediaState } from '../lib/media/local-media.ts';

/**
 * Camera and microphone for as long as the component is shown: opened with it, and stopped with it.
 *
 * @param wanted false for who only looks: nothing is opened, and nobody is asked, before they turn something on
 */
export function useLocalMedia(wanted: boolean): { media: LocalMedia; state: LocalMediaState } {
  const [media] = useState(() => new LocalMedia());
  const state = useSyncExternalStore(media.subscribe, media.getState);
  useEffect(() => {
    const stopWatching = watchDevices(media);
    if (wanted) void media.start();
    else media.letGo();
    return () => {
      stopWatching();
      media.release();
    };
  }, [media, wanted]);
  return { media, state };
}
