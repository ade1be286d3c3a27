import { useCallback, useEffect, useRef, useState } from 'react';
import { WAITING, type Check } from './check.ts';
import { runChecks } from './run-checks.ts';

export interface Doctor {
  status: 'idle' | 'running' | 'done';
  checks: readonly Check[];
  /** The microphone while it is listened to. */
  microphone: MediaStreamTrack | undefined;
  /** When the last run was over. */
  finishedAt: Date | undefined;
  run(code: string): void;
  stop(): void;
}

/** One run at a time; a page that goes away ends it. */
export function useDoctor(): Doctor {
  const [status, setStatus] = useState<Doctor['status']>('idle');
  const [checks, setChecks] = useState(WAITING);
  const [microphone, setMicrophone] = useState<MediaStreamTrack>();
  const [finishedAt, setFinishedAt] = useState<Date>();
  const current = useRef<AbortController>(undefined);

  const stop = useCallback(() => {
    current.current?.abort();
    current.current = undefined;
    setMicrophone(undefined);
    // What was under way is as if it had not begun.
    setChecks((before) =>
      before.map((each) => (each.status === 'running' ? { ...each, status: 'waiting' } : each)),
    );
    setFinishedAt(new Date());
    setStatus('done');
  }, []);

  const run = useCallback(
    (code: string) => {
      current.current?.abort();
      const controller = new AbortController();
      current.current = controller;
      const { signal } = controller;
      setChecks(WAITING);
      setStatus('running');
      const tell = (check: Check) => {
        if (signal.aborted) return;
        setChecks((before) => before.map((each) => (each.id === check.id ? check : each)));
      };
      const onMicrophone = (track: MediaStreamTrack | undefined) => !signal.aborted && setMicrophone(track);
      runChecks({ code, signal, tell, onMicrophone }).then(
        () => !signal.aborted && stop(),
        () => !signal.aborted && stop(),
      );
    },
    [stop],
  );

  useEffect(() => () => current.current?.abort(), []);
  return { status, checks, microphone, finishedAt, run, stop };
}
