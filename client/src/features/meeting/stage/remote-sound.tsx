import { memo, useEffect, useRef } from 'react';
import type { Participant } from '../../../conference/state.ts';
import type { Playback } from '../../../lib/media/playback.ts';
import { streamOf } from '../../../lib/media/stream-of.ts';

interface RemoteSoundProps {
  others: readonly Participant[];
  playback: Playback;
  speakerId: string | undefined;
}

/**
 * What the others say: an element for each that is received, apart from the pictures, so that no change of the grid
 * cuts a word. Only the loudest of a large room are received.
 */
export const RemoteSound = memo(function RemoteSound({ others, playback, speakerId }: RemoteSoundProps) {
  return others.map(
    ({ peerId, microphone }) =>
      microphone?.track && (
        <Sound
          key={peerId}
          peerId={peerId}
          track={microphone.track}
          playback={playback}
          speakerId={speakerId}
        />
      ),
  );
});

interface SoundProps extends Pick<RemoteSoundProps, 'playback' | 'speakerId'> {
  peerId: string;
  track: MediaStreamTrack;
}

function Sound({ peerId, track, playback, speakerId }: SoundProps) {
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
    if (speakerId === undefined || !element || !('setSinkId' in element)) return;
    // A speaker that was taken away is no reason for silence: the sound stays where it is.
    element.setSinkId(speakerId).catch(() => undefined);
  }, [speakerId]);

  return <audio ref={audio} autoPlay data-peer={peerId} />;
}
