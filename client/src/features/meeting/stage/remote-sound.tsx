import { memo, useEffect, useRef } from 'react';
import type { Participant } from '../../../conference/state.ts';
import type { Playback } from '../../../lib/media/playback.ts';
import { streamOf } from '../../../lib/media/stream-of.ts';

interface RemoteSoundProps {
  others: readonly Participant[];
  playback: Playback;
  speakerId: string | undefined;
}

const SOURCES = ['microphone', 'screenAudio'] as const;

/**
 * What the others say, and the sound of what they share: an element for each that is received, apart from the pictures, so that no change of the grid
 * cuts a word. Only the loudest of a large room are received.
 */
export const RemoteSound = memo(function RemoteSound({ others, playback, speakerId }: RemoteSoundProps) {
  return others.flatMap((other) =>
    SOURCES.map((source) => {
      const track = other[source]?.track;
      if (!track) return null;
      const { peerId } = other;
      return <Sound key={`${peerId}/${source}`} {...{ peerId, source, track, playback, speakerId }} />;
    }),
  );
});

interface SoundProps extends Pick<RemoteSoundProps, 'playback' | 'speakerId'> {
  peerId: string;
  source: (typeof SOURCES)[number];
  track: MediaStreamTrack;
}

function Sound({ peerId, source, track, playback, speakerId }: SoundProps) {
  const audio = useRef<HTMLAudioElement>(null);

  useEffect(() => {
    const element = audio.current;
    if (!element) return undefined;
    element.srcObject = streamOf(track);
    const stop = playback.start(element);
    return () => {
      stop();
      element.srcObject = null;
    };
  }, [track, playback]);

  useEffect(() => {
    const element = audio.current;
    if (!element || !('setSinkId' in element)) return;
    // A speaker that was taken away is no reason for silence: the sound stays where it is.
    element.setSinkId(speakerId ?? '').catch(() => undefined);
  }, [speakerId]);

  return <audio ref={audio} autoPlay data-peer={peerId} data-source={source} />;
}
