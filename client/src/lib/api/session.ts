/**
 * Who this page belongs to. The access token lives in memory only; what is stored is the plain fact that
 * there was a session, so that people who never signed in cause no needless request.
 */
import type { SessionResponse, User } from '@vcallpe/shared';
import type { KeyValueStore } from '../storage.ts';

export const SESSION_HINT_KEY = 'vcallpe.hadSession';

export type SessionState =
  /** There may be a session and it is being asked for; `unreachable` once the server failed to answer. */
  | { status: 'loading'; unreachable: boolean }
  | { status: 'signedIn'; accessToken: string; user: User }
  | { status: 'signedOut' };

/** As it seems from what is stored: the server has not been asked. */
const NO_HINT: SessionState = { status: 'signedOut' };

/** The states are immutable, so that React can compare them by identity. */
export class SessionStore {
  readonly #storage: KeyValueStore;
  readonly #listeners = new Set<() => void>();
  #state: SessionState;

  constructor(storage: KeyValueStore) {
    this.#storage = storage;
    const known = storage.getItem(SESSION_HINT_KEY) !== null;
    this.#state = known ? { status: 'loading', unreachable: false } : NO_HINT;
  }

  readonly getState = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The state once it is known whether there is a session. */
  settled(): Promise<Exclude<SessionState, { status: 'loading' }>> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.#state.status === 'loading') return;
        unsubscribe();
        resolve(this.#state);
      };
      const unsubscribe = this.subscribe(check);
      check();
    });
  }

  get accessToken(): string | undefined {
    return this.#state.status === 'signedIn' ? this.#state.accessToken : undefined;
  }

  open({ accessToken, user }: SessionResponse): void {
    this.#storage.setItem(SESSION_HINT_KEY, '1');
    this.#set({ status: 'signedIn', accessToken, user });
  }

  /** The account changed, the session did not. */
  update(user: User): void {
    if (this.#state.status === 'signedIn') this.#set({ ...this.#state, user });
  }

  close(): void {
    this.#storage.removeItem(SESSION_HINT_KEY);
    if (this.#state.status !== 'signedOut') this.#set({ status: 'signedOut' });
  }

  /** @returns whether the server has to be asked, because nothing but the lack of a hint says that there is no session */
  doubt(): boolean {
    if (this.#state !== NO_HINT) return false;
    this.#set({ status: 'loading', unreachable: false });
    return true;
  }

  /** Asking for the session failed for want of an answer; it will be asked for again. */
  markUnreachable(): void {
    if (this.#state.status === 'loading') this.#set({ status: 'loading', unreachable: true });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
