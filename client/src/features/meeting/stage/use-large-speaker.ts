import type { PeerId } from '@vcallpe/shared';
import { useEffect, useState } from 'react';
import type { ConferenceState } from '../../../conference/state.ts';
import { changesIn, loudestOther, NOBODY } from './speaker-hold.ts';

/** Who speaks or spoke last, held for long enough to be looked at; see `speaker-hold.ts`. */
export function useLargeSpeaker({
  speakers,
  others,
}: Pick<ConferenceState, 'speakers' | 'others'>): PeerId | undefined {
  const [held, setHeld] = useState(NOBODY);
  const loudest = loudestOther(speakers, others);
  useEffect(() => {
    const waitMs = changesIn(held, loudest, others, performance.now());
    if (waitMs === undefined) return undefined;
    const take = () => setHeld({ peerId: loudest, sinceMs: performance.now() });
    const timer = setTimeout(take, waitMs);
    return () => clearTimeout(timer);
  }, [held, loudest, others]);
  return held.peerId;
}
