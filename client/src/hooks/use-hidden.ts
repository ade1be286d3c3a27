import { useEffect, useState } from 'react';

/** Whether nobody has seen this tab for so long, ms. It is false again in the moment the tab is visible. */
export function useHidden(forMs: number): boolean {
  const [hidden, setHidden] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(() => setHidden(true), forMs);
      else setHidden(false);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [forMs]);
  return hidden;
}
