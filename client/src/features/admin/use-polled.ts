import { useCallback, useEffect, useState } from 'react';

const PERIOD_MS = 2_000;

export interface Polled<T> {
  /** The last answer; it stays while later ones fail. */
  value?: T;
  /** Why the last attempt failed; none when it did not. */
  error?: unknown;
  /** Puts in an answer that came another way. */
  replace: (value: T) => void;
}

interface State<T> {
  ask: () => Promise<T>;
  value?: T;
  error?: unknown;
}

/**
 * Asks at once and then every 2 s, never twice at a time, and not while the page is hidden.
 * @param ask what it asks; another function is another question, and begins anew.
 */
export function usePolled<T>(ask: () => Promise<T>): Polled<T> {
  const [state, setState] = useState<State<T>>({ ask });

  useEffect(() => {
    let over = false;
    let asking = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const turn = async () => {
      clearTimeout(timer);
      if (asking || document.visibilityState === 'hidden') return;
      asking = true;
      try {
        const value = await ask();
        if (!over) setState({ ask, value });
      } catch (error) {
        if (!over) setState((last) => ({ ...(last.ask === ask ? last : { ask }), error }));
      }
      asking = false;
      if (!over) timer = setTimeout(() => void turn(), PERIOD_MS);
    };

    const onVisibility = () => void turn();
    document.addEventListener('visibilitychange', onVisibility);
    void turn();
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [ask]);

  const replace = useCallback((value: T) => setState({ ask, value }), [ask]);
  const current: State<T> = state.ask === ask ? state : { ask };
  return { value: current.value, error: current.error, replace };
}
