import { useEffect, useState, useSyncExternalStore } from 'react';
import { watchDevices } from '../lib/media/hot-plug.ts';
import { LocalMedia, type LocalMediaState } from '../lib/media/local-media.ts';

/** Camera and microphone for as long as the component is shown: opened with it, and stopped with it. */
export function useLocalMedia(): { media: LocalMedia; state: LocalMediaState } {
  const [media] = useState(() => new LocalMedia());
  const state = useSyncExternalStore(media.subscribe, media.getState);
  useEffect(() => {
    const stopWatching = watchDevices(media);
    void media.start();
    return () => {
      stopWatching();
      media.release();
    };
  }, [media]);
  return { media, state };
}
