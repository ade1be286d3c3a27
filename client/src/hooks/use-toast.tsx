/**
 * Short words about what was just done. At most two at a time; they leave by themselves. They are the page's polite live
 * region, so whatever is told here is read out, too, when the reader has come to the end of a sentence.
 */
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import { createContext, use, useCallback, useRef, useState } from 'react';
import type { ReactNode } from 'react';

const MOST = 2;
const SHOWN_MS = 5_000;

type ShowToast = (text: string) => void;

const ToastContext = createContext<ShowToast | undefined>(undefined);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly { id: number; text: string }[]>([]);
  const lastId = useRef(0);

  const show = useCallback<ShowToast>((text) => {
    const id = ++lastId.current;
    setToasts((shown) => [...shown, { id, text }].slice(-MOST));
    setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== id)), SHOWN_MS);
  }, []);

  return (
    <ToastContext value={show}>
      {children}
      <Stack
        role="status"
        // A new one is read alone, not together with the one before.
        aria-atomic={false}
        spacing={1}
        sx={{
          position: 'fixed',
          insetInline: 16,
          // Above the bar of a meeting; on a phone below its name, as one writes at the bottom there.
          top: { xs: 56, sm: 'auto' },
          bottom: { xs: 'auto', sm: 96 },
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
    </ToastContext>
  );
}

export function useToast(): ShowToast {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast needs a ToastProvider around it');
  return show;
}
