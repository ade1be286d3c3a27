import { useEffect } from 'react';

/** Keeps the screen on while the component is shown, where the browser can. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let over = false;
    // The browser takes the lock away from a hidden page, so it is asked for again on coming back.
    const acquire = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        lock = await (navigator.wakeLock as WakeLock | undefined)?.request('screen');
        if (over) await lock?.release();
      } catch {
        // Refused on low battery. The screen then dims as it always does.
      }
    };
    void acquire();
    document.addEventListener('visibilitychange', acquire);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', acquire);
      void lock?.release();
    };
  }, []);
}
