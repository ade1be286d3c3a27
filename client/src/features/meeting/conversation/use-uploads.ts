/** Files on their way to the server. Each becomes a message as soon as it is there. */
import { AppError, LIMITS } from '@vcallpe/shared';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PendingMessage } from '../../../conference/chat-log.ts';
import type { Conversation } from './conversation.ts';

export interface RunningUpload {
  id: number;
  name: string;
  /** 0 to 1 */
  share: number;
  /** Why it did not work; it stays until it is taken away. */
  problem?: 'tooLarge' | 'empty' | 'full' | 'failed';
}

export interface Uploads {
  running: readonly RunningUpload[];
  add(files: Iterable<File>, to: PendingMessage['to']): void;
  /** Ends it, or takes the words about its failure away. */
  cancel(id: number): void;
}

export function useUploads({ chat, upload }: Conversation): Uploads {
  const [running, setRunning] = useState<readonly RunningUpload[]>([]);
  const stops = useRef(new Map<number, AbortController>());
  const lastId = useRef(0);

  const drop = useCallback((id: number) => {
    stops.current.delete(id);
    setRunning((all) => all.filter((each) => each.id !== id));
  }, []);

  const start = useCallback(
    async (file: File, to: PendingMessage['to']) => {
      const id = ++lastId.current;
      const change = (news: Partial<RunningUpload>) =>
        setRunning((all) => all.map((each) => (each.id === id ? { ...each, ...news } : each)));
      const refusal = file.size > LIMITS.fileBytes ? 'tooLarge' : file.size === 0 ? 'empty' : undefined;
      setRunning((all) => [...all, { id, name: file.name, share: 0, ...(refusal && { problem: refusal }) }]);
      if (refusal) return;
      const stop = new AbortController();
      stops.current.set(id, stop);
      try {
        const stored = await upload({
          file,
          to: to?.participantId,
          signal: stop.signal,
          onProgress: (share) => change({ share }),
        });
        drop(id);
        chat.send({ text: '', to, file: stored });
      } catch (error) {
        if (stop.signal.aborted) return;
        const full = error instanceof AppError && error.code === 'LIMIT_REACHED';
        change({ problem: full ? 'full' : 'failed' });
      }
    },
    [chat, upload, drop],
  );

  // Held by the meeting and not by the panel: closing that ends no upload.
  useEffect(() => {
    const all = stops.current;
    return () => {
      for (const stop of all.values()) stop.abort();
    };
  }, []);

  return {
    running,
    add: useCallback(
      (files, to) => {
        for (const file of files) void start(file, to);
      },
      [start],
    ),
    cancel: useCallback(
      (id) => {
        stops.current.get(id)?.abort();
        drop(id);
      },
      [drop],
    ),
  };
}
