import { useEffect, useRef } from 'react';
import type { ConferenceState } from '../../../conference/state.ts';
import { useTell } from '../../../hooks/use-toast.tsx';
import { PRESENCE } from '../news/topics.ts';
import { presenceChange } from './presence.ts';

/** Says who joins and leaves. What happens while reconnecting is told afterwards, if it is still true. */
export function usePresenceToasts({ status, others }: Pick<ConferenceState, 'status' | 'others'>): void {
  const tell = useTell();
  const before = useRef<typeof others | undefined>(undefined);
  useEffect(() => {
    if (status !== 'joined') return;
    const { joined, left } = presenceChange(namesOf(before.current ?? others), namesOf(others));
    before.current = others;
    for (const name of joined) tell(PRESENCE, { change: 'joined', name }, true);
    for (const name of left) tell(PRESENCE, { change: 'left', name }, true);
  }, [status, others, tell]);
}

function namesOf(others: ConferenceState['others']): string[] {
  return others.map(({ displayName }) => displayName);
}
