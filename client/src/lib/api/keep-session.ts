/** Restores the session when the page opens, and follows what other tabs do with it. */
import { AppError } from '@vcallpe/shared';
import { api, session } from './client.ts';
import { SESSION_HINT_KEY, type SessionStore } from './session.ts';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;

/** Call once, before the first render, so that the first requests already know of it. */
export function keepSession(): void {
  const restore = () => restoreSession(api.refresh, session, waitForNetwork);
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== SESSION_HINT_KEY) return;
    if (newValue === null) session.close();
    else void restore();
  });
  if (session.getState().status === 'loading') void restore();
}

/**
 * For a page that needs an account. A hint may be lost where the cookie is not, as when a browser is ended in the middle of
 * things, and then the page would ask somebody to sign in who is signed in.
 */
export function askForSession(): void {
  void askOnce(api.refresh, session, waitForNetwork);
}

/** Restores a session of which there is no hint, unless it is known from elsewhere whether there is one. */
export async function askOnce(...[refresh, session, wait]: Parameters<typeof restoreSession>): Promise<void> {
  if (session.doubt()) await restoreSession(refresh, session, wait);
}

/**
 * Tries until the server answers: an unreachable server doesn't mean that one is signed out. Nor does any other failure
 * that is not the server's answer. When a page is left, its pending request is aborted and its lock is taken away, and if
 * that page forgot the session over it, the page that comes next would find none.
 *
 * @param wait resolves when it is time to try again
 */
export async function restoreSession(
  refresh: () => Promise<unknown>,
  session: SessionStore,
  wait: (delayMs: number) => Promise<void>,
): Promise<void> {
  let delayMs = FIRST_DELAY_MS;
  do {
    try {
      await refresh();
    } catch (error) {
      if (error instanceof AppError && !error.retry) return session.close();
      session.markUnreachable();
      await wait(delayMs);
      delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    }
  } while (session.getState().status === 'loading');
}

/** Waits for the delay, or less when the browser comes back online. */
function waitForNetwork(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    window.addEventListener('online', done);
  });
}
