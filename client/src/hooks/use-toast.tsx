/**
 * Short words about what was just done, or what others do. At most two are seen at a time; they leave by themselves. All of
 * it is read out, too, from the one polite live region that a page has: what comes in a storm as a few sentences, and what
 * is seen elsewhere on the page is only read out.
 */
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import { visuallyHidden } from '@mui/utils';
import { createContext, use, useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Announcer } from '../lib/announcer/announcer.ts';
import { kept, type Sentence, type Topic } from '../lib/announcer/batch.ts';

const MOST = 2;
const SHOWN_MS = 5_000;

/** An answer to what one has just done. */
const ANSWER: Topic<string> = { sentences: (texts) => [...texts], atOnce: true };
/** A line that is there now, such as that the connection is lost. */
const LINE: Topic<string> = { sentences: (texts) => [...texts], atOnce: true };

type Tell = Announcer['tell'];

const TellContext = createContext<Tell | undefined>(undefined);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly (Sentence & { id: number })[]>([]);
  const [heard, setHeard] = useState<typeof toasts>([]);
  const lastId = useRef(0);
  const announcer = useRef<Announcer>(undefined);

  const tell = useCallback<Tell>((topic, news, shown) => {
    announcer.current ??= new Announcer((sentences) => {
      const fresh = sentences.map((sentence) => ({ ...sentence, id: ++lastId.current }));
      const ids = new Set(fresh.map(({ id }) => id));
      const others = (now: typeof toasts) => now.filter(({ id }) => !ids.has(id));
      setHeard((now) => [...now, ...fresh]);
      setToasts((now) =>
        kept(
          now,
          fresh.filter((each) => each.shown),
          MOST,
        ),
      );
      setTimeout(() => {
        setHeard(others);
        setToasts(others);
      }, SHOWN_MS);
    });
    announcer.current.tell(topic, news, shown);
  }, []);
  useEffect(() => () => announcer.current?.close(), []);

  return (
    <TellContext value={tell}>
      {children}
      {/* A new one is read alone, not together with those before it. */}
      <Box role="status" aria-atomic={false} sx={visuallyHidden}>
        {heard.map(({ id, text }) => (
          <p key={id}>{text}</p>
        ))}
      </Box>
      <Stack
        aria-hidden
        spacing={1}
        sx={{
          position: 'fixed',
          insetInline: 16,
          // Above the bar of a meeting; on a phone below its name, as one writes at the bottom there.
          top: { xs: 56, sm: 'auto' },
          bottom: { xs: 'auto', sm: 96 },
          // On a phone that lies on its side the middle of a low stage is all there is of faces.
          '@media (max-height: 480px)': { top: 4, bottom: 'auto' },
          zIndex: 'snackbar',
          alignItems: 'center',
          pointerEvents: 'none',
        }}
      >
        {toasts.map(({ id, text }) => (
          <Paper
            key={id}
            elevation={6}
            sx={{
              px: 2,
              py: 1.25,
              maxWidth: 480,
              overflowWrap: 'anywhere',
              bgcolor: 'stage.raised',
              color: 'stage.contrastText',
              border: 1,
              borderColor: 'stage.border',
            }}
          >
            {text}
          </Paper>
        ))}
      </Stack>
    </TellContext>
  );
}

/** Tells news of a topic, together with others of it. */
export function useTell(): Tell {
  const tell = use(TellContext);
  if (!tell) throw new Error('useTell needs a ToastProvider around it');
  return tell;
}

/** Answers what somebody has just done. */
export function useToast(): (text: string) => void {
  const tell = useTell();
  return useCallback((text) => tell(ANSWER, text, true), [tell]);
}

/** Has a line of the page read out when it appears, and when it says something else. */
export function useReadOut(text: string, topic: Topic<string> = LINE): void {
  const tell = useTell();
  useEffect(() => tell(topic, text, false), [tell, topic, text]);
}
