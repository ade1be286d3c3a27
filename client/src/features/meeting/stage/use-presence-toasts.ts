import { useEffect, useRef } from 'react';
import type { ConferenceState } from '../../../conference/state.ts';
import { useToast } from '../../../hooks/use-toast.tsx';
import { describePresence, presenceChange } from './presence.ts';

/** Comings and goings of this time are told together, ms. */
const BATCH_MS = 800;
/** In a storm there is news all the time, and a toast should be gone before the next one comes, ms. */
const BETWEEN_MS = 5_000;

/** Says who joins and leaves. What happens while reconnecting is told afterwards, if it is still true. */
export function usePresenceToasts({ status, others }: Pick<ConferenceState, 'status' | 'others'>): void {
  const toast = useToast();
  const latest = useRef(others);
  const told = useRef<typeof others | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const nextAt = useRef(0);

  useEffect(() => {
    latest.current = others;
    if (status !== 'joined') {
      clearTimeout(timer.current);
      timer.current = undefined;
      return;
    }
    told.current ??= others;
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined;
        const news = describePresence(presenceChange(namesOf(told.current ?? []), namesOf(latest.current)));
        told.current = latest.current;
        for (const words of news) toast(words);
        if (news.length > 0) nextAt.current = performance.now() + BETWEEN_MS;
      },
      Math.max(BATCH_MS, nextAt.current - performance.now()),
    );
  }, [status, others, toast]);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}

function namesOf(others: ConferenceState['others']): string[] {
  return others.map(({ displayName }) => displayName);
}
