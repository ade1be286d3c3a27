import { useCallback } from 'react';
import { useToast } from '../../../hooks/use-toast.tsx';
import { describeError } from '../../../lib/errors/words.ts';

/** Does something on the server, and says it in words when that is refused. @returns whether it was done */
export function useAttempt(): (work: () => Promise<unknown>) => Promise<boolean> {
  const toast = useToast();
  return useCallback(
    async (work) => {
      try {
        await work();
        return true;
      } catch (error) {
        const { title, body } = describeError(error);
        toast(`${title}. ${body}`);
        return false;
      }
    },
    [toast],
  );
}
