import { useState, useSyncExternalStore } from 'react';
import { Playback } from '../lib/media/playback.ts';

/** What plays the sound and pictures of a meeting, and whether the browser wants a click first. */
export function usePlayback(): { playback: Playback; refused: boolean } {
  const [playback] = useState(() => new Playback());
  return { playback, refused: useSyncExternalStore(playback.subscribe, playback.isRefused) };
}
