import { AppError, type ResumeKey } from '@vcallpe/shared';
import type { Session } from './session.ts';

/** Sessions that have a place, by the key that brings a new socket back to it. */
export class Sessions {
  readonly #byKey = new Map<ResumeKey, Session>();

  add(session: Session): void {
    const { peer } = session.place;
    this.#byKey.set(peer.resumeKey, session);
    peer.onClosed(() => this.#byKey.delete(peer.resumeKey));
  }

  /** @throws {AppError} SESSION_GONE */
  find(key: ResumeKey): Session {
    const session = this.#byKey.get(key);
    if (!session) throw new AppError('SESSION_GONE', 'Your place was given up: join again');
    return session;
  }
}
