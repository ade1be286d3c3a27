import type { Room } from '@vcallpe/shared';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../../lib/api/client.ts';

export interface RoomLookup {
  room?: Room;
  error?: unknown;
  retry(): void;
}

/** The room of a code, as whoever is signed in may see it. */
export function useRoom(code: string): RoomLookup {
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ attempt: number; room?: Room; error?: unknown }>();
  useEffect(() => {
    let current = true;
    api.getRoom(code).then(
      (room) => current && setAnswer({ attempt, room }),
      (error: unknown) => current && setAnswer({ attempt, error }),
    );
    return () => {
      current = false;
    };
  }, [code, attempt]);
  const retry = useCallback(() => setAttempt((last) => last + 1), []);
  return answer?.attempt === attempt ? { room: answer.room, error: answer.error, retry } : { retry };
}
