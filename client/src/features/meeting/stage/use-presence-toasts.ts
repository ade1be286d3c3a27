import { useEffect, useRef } from 'react';
import type { ConferenceState } from '../../../conference/state.ts';
import { useToast } from '../../../hooks/use-toast.tsx';
import { describePresence, presenceChange } from './presence.ts';

/** Comings and goings that are closer together than this are told together, ms. */
const BATCH_MS = 800;

/** Says who joins and leaves. What happens while reconnecting is told afterwards, if it is still true. */
export function usePresenceToasts({ status, others }: Pick<ConferenceState, 'status' | 'others'>): void {
  const toast = useToast();
  const told = useRef<readonly string[] | undefined>(undefined);
  // One string, so that a mute or a picture that starts doesn't count as a change.
  const roster = JSON.stringify(others.map(({ displayName }) => displayName));
  useEffect(() => {
    if (status !== 'joined') return undefined;
    const names = JSON.parse(roster) as string[];
    const before = (told.current ??= names);
    const timer = setTimeout(() => {
      told.current = names;
      for (const words of describePresence(presenceChange(before, names))) toast(words);
    }, BATCH_MS);
    return () => clearTimeout(timer);
  }, [status, roster, toast]);
}
