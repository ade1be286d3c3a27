import Box from '@mui/material/Box';
import type { VideoSource } from '@vcallpe/shared';
import { useCallback } from 'react';
import type { Playback } from '../../lib/media/playback.ts';
import { streamOf } from '../../lib/media/stream-of.ts';

interface TrackVideoProps {
  track: MediaStreamTrack;
  playback: Playback;
  /** Whose picture it is; undefined is oneself, mirrored as people know themselves. */
  peerId?: string;
  /** Of a screen nothing is cut off. */
  source?: VideoSource;
}

/** A picture that fills the box around it. It is transparent until the first frame, so what lies below shows. */
export function TrackVideo({ track, playback, peerId, source = 'camera' }: TrackVideoProps) {
  const attach = useCallback(
    (video: HTMLVideoElement | null) => {
      if (!video) return undefined;
      video.srcObject = streamOf(track);
      const stop = playback.start(video);
      return () => {
        stop();
        video.srcObject = null;
      };
    },
    [track, playback],
  );
  const whose = peerId === undefined ? { 'data-self': '' } : { 'data-peer': peerId, 'data-source': source };
  return (
    <Box
      component="video"
      ref={attach}
      autoPlay
      playsInline
      muted
      {...whose}
      sx={{
        position: 'absolute',
        inset: 0,
        width: 1,
        height: 1,
        objectFit: source === 'screen' ? 'contain' : 'cover',
        transform: peerId === undefined ? 'scaleX(-1)' : undefined,
      }}
    />
  );
}
