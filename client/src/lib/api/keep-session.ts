/** Restores the session when the page opens, and follows what other tabs do with it. */
import { AppError } from '@vcallpe/shared';
import { api, session } from './client.ts';
import { SESSION_HINT_KEY } from './session.ts';

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15_000;

/** Call once, before the first render, so that the first requests already know of it. */
export function keepSession(): void {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== SESSION_HINT_KEY) return;
    if (newValue === null) session.close();
    else void restore();
  });
  if (session.getState().status === 'loading') void restore();
}

/** Tries until the server answers: an unreachable server doesn't mean that one is signed out. */
async function restore(): Promise<void> {
  let delayMs = FIRST_DELAY_MS;
  do {
    try {
      await api.refresh();
    } catch (error) {
      if (!(error instanceof AppError && error.retry)) return session.close();
      session.markUnreachable();
      await waitForNetwork(delayMs);
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
