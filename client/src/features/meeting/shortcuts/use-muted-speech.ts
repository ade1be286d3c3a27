import { useEffect, useState } from 'react';
import type { LocalTrackState } from '../../../lib/media/local-media.ts';
import { watchMutedSpeech } from '../../../lib/media/speech-watch.ts';

/** Whether somebody speaks into the muted microphone now. */
export function useMutedSpeech({ on, track }: LocalTrackState): boolean {
  const [spoken, setSpoken] = useState<MediaStreamTrack>();
  const muted = on ? undefined : track;
  useEffect(() => {
    if (!muted) return undefined;
    const stop = watchMutedSpeech(muted, (speaking) => setSpoken(speaking ? muted : undefined));
    return () => {
      stop();
      setSpoken(undefined);
    };
  }, [muted]);
  return muted !== undefined && spoken === muted;
}
