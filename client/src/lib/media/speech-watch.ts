/** Tells when somebody speaks into a muted microphone. The sound is looked at in this browser, and goes nowhere. */
import { meterLevel } from './level-meter.ts';

/** A level from which sound is speech rather than the room, 0 to 1; see `levelOf`: about −38 dBFS. */
const SPEECH_LEVEL = 0.5;
/** Speech lasts: a cough or a key is shorter than so many measurements of the last `WINDOW`, at 15 a second. */
const NEEDED = 10;
const WINDOW = 22;

/** Whether somebody spoke through most of the last one and a half seconds. Give it one level after the other. */
export function speechDetector(): (level: number) => boolean {
  const recent: boolean[] = [];
  return (level) => {
    recent.push(level >= SPEECH_LEVEL);
    if (recent.length > WINDOW) recent.shift();
    return recent.filter(Boolean).length >= NEEDED;
  };
}

/**
 * Watches a microphone whose track is disabled, by a copy that is not, until the returned function is called.
 *
 * @param onSpeech called with every change
 */
export function watchMutedSpeech(track: MediaStreamTrack, onSpeech: (speaking: boolean) => void): () => void {
  const copy = track.clone();
  copy.enabled = true;
  const detect = speechDetector();
  let speaking = false;
  const stop = meterLevel(copy, (level) => {
    const now = detect(level);
    if (now === speaking) return;
    speaking = now;
    onSpeech(now);
  });
  return () => {
    stop();
    copy.stop();
  };
}
