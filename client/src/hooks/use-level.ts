import { useEffect, useState } from 'react';
import { meterLevel } from '../lib/media/level-meter.ts';

/** A meter has this many steps; between them nothing is drawn anew. */
const STEPS = 20;

/** How loud an audio track is now, from 0 to 1; 0 without a track. */
export function useLevel(track: MediaStreamTrack | undefined): number {
  const [measured, setMeasured] = useState<{ track: MediaStreamTrack; level: number }>();
  useEffect(() => {
    if (!track) return undefined;
    return meterLevel(track, (exact) => {
      const level = Math.round(exact * STEPS) / STEPS;
      setMeasured((last) => (last?.track === track && last.level === level ? last : { track, level }));
    });
  }, [track]);
  return track && measured?.track === track ? measured.level : 0;
}
