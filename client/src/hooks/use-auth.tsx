/** Who is signed in, and the door to the sign-in dialog from anywhere. */
import type { LoginBody, RegisterBody, User } from '@vcallpe/shared';
import { createContext, use, useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { api, session } from '../lib/api/client.ts';

interface Auth {
  /** `loading`: there may be a session and it is being restored. */
  status: 'loading' | 'signedIn' | 'signedOut';
  user?: User;
  /** Restoring waits for a server that doesn't answer. */
  unreachable: boolean;
  signIn(body: LoginBody): Promise<void>;
  register(body: RegisterBody): Promise<void>;
  signOut(): Promise<void>;
  /** Opens the sign-in dialog; `next` goes on with what one was about to do, once one is signed in. */
  requireSignIn(next?: () => void): void;
  dialog: { open: boolean; close(): void };
}

const AuthContext = createContext<Auth | undefined>(undefined);

export function AuthProvider({ children }: { children: ReactNode }) {
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const [open, setOpen] = useState(false);
  const next = useRef<(() => void) | undefined>(undefined);

  const requireSignIn = useCallback((then?: () => void) => {
    next.current = then;
    setOpen(true);
  }, []);

  const close = useCallback(() => {
    next.current = undefined;
    setOpen(false);
  }, []);

  const enter = useCallback(
    async (entering: Promise<unknown>) => {
      await entering;
      const goOn = next.current;
      close();
      goOn?.();
    },
    [close],
  );

  const auth = useMemo<Auth>(
    () => ({
      status: state.status,
      user: state.status === 'signedIn' ? state.user : undefined,
      unreachable: state.status === 'loading' && state.unreachable,
      signIn: (body) => enter(api.login(body)),
      register: (body) => enter(api.register(body)),
      signOut: () => api.logout(),
      requireSignIn,
      dialog: { open, close },
    }),
    [state, open, enter, requireSignIn, close],
  );
  return <AuthContext value={auth}>{children}</AuthContext>;
}

export function useAuth(): Auth {
  const auth = use(AuthContext);
  if (!auth) throw new Error('useAuth needs an AuthProvider around it');
  return auth;
}
