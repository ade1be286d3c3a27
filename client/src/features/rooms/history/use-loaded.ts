import { useCallback, useEffect, useState } from 'react';

export interface Loaded<T> {
  value?: T;
  error?: unknown;
  retry: () => void;
}

/** What a request brings, asked anew when `load` changes. @param load made by `useCallback` */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ load: () => Promise<T>; value?: T; error?: unknown }>();
  useEffect(() => {
    let current = true;
    load().then(
      (value) => current && setAnswer({ load, value }),
      (error: unknown) => current && setAnswer({ load, error }),
    );
    return () => {
      current = false;
    };
  }, [load, attempt]);
  const retry = useCallback(() => {
    setAnswer(undefined);
    setAttempt((last) => last + 1);
  }, []);
  return answer?.load === load ? { value: answer.value, error: answer.error, retry } : { retry };
}
