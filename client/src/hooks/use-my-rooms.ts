import type { Room } from '@vcallpe/shared';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../lib/api/client.ts';

export type MyRooms =
  | { status: 'loading' }
  | { status: 'failed'; error: unknown; retry: () => void }
  | { status: 'loaded'; rooms: readonly Room[] };

/** The rooms of the signed-in account, newest first, and `change` to follow what was done to one of them. */
export function useMyRooms(): {
  mine: MyRooms;
  change: (edit: (rooms: readonly Room[]) => readonly Room[]) => void;
} {
  const [mine, setMine] = useState<MyRooms>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let current = true;
    const retry = () => {
      setMine({ status: 'loading' });
      setAttempt((count) => count + 1);
    };
    api.listRooms().then(
      (rooms) => current && setMine({ status: 'loaded', rooms }),
      (error: unknown) => current && setMine({ status: 'failed', error, retry }),
    );
    return () => {
      current = false;
    };
  }, [attempt]);

  const change = useCallback(
    (edit: (rooms: readonly Room[]) => readonly Room[]) =>
      setMine((now) => (now.status === 'loaded' ? { status: 'loaded', rooms: edit(now.rooms) } : now)),
    [],
  );
  return { mine, change };
}
