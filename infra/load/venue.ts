/** The room that is loaded: somebody's, or one of our own that is gone afterwards. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { SessionResponse } from '@vcallpe/shared';
import type { Admission } from './participant.ts';
import { Rest } from './rest.ts';

/** A new session is asked for when the old one is about to end, ms. */
const RENEW_BEFORE_MS = 60_000;

export interface Credentials {
  email: string;
  password: string;
}

export interface VenueOptions {
  /** Origin of the service. */
  url: string;
  /** Code of a room that exists; without it one is made. */
  room?: string;
  /** An account that exists. Without it one is made for a room of our own, and a given room is entered without one. */
  credentials?: Credentials;
  /** How many the room must hold. */
  participants: number;
  onRateLimit: (waitMs: number) => void;
  signal: AbortSignal;
}

export interface Venue {
  readonly code: string;
  /** What one more participant needs to enter. */
  admit(displayName: string): Promise<Admission>;
  /** Removes what was made for the run. */
  close(): Promise<void>;
}

/** An account that stays signed in. */
class Account {
  readonly #rest: Rest;
  readonly #credentials: Credentials;
  #session: SessionResponse;
  #renewing: Promise<SessionResponse> | undefined;

  constructor(rest: Rest, credentials: Credentials, session: SessionResponse) {
    this.#rest = rest;
    this.#credentials = credentials;
    this.#session = session;
  }

  get password(): string {
    return this.#credentials.password;
  }

  async token(): Promise<string> {
    if (Date.now() > this.#session.expiresAt - RENEW_BEFORE_MS) {
      this.#renewing ??= this.#rest.login(this.#credentials).finally(() => {
        this.#renewing = undefined;
      });
      this.#session = await this.#renewing;
    }
    return this.#session.accessToken;
  }
}

/** @throws {AppError} what the API refused, or UNAVAILABLE when it can't be reached */
export async function openVenue(options: VenueOptions): Promise<Venue> {
  const rest = new Rest(options.url, options.onRateLimit, options.signal);
  // What was made is removed also after Ctrl-C, which aborts the rest.
  const cleanUp = new Rest(options.url, options.onRateLimit, new AbortController().signal);
  const { credentials, room: given } = options;
  const signedIn = credentials && new Account(cleanUp, credentials, await rest.login(credentials));
  if (given) {
    return {
      code: given,
      admit: async (displayName) => rest.join(given, { displayName, asGuest: true }, await signedIn?.token()),
      close: () => Promise.resolve(),
    };
  }
  const account = signedIn ?? (await throwAwayAccount(rest, cleanUp));
  const removeAccount = async () => {
    // It takes its rooms with it.
    if (!signedIn) await cleanUp.deleteAccount(await account.token(), account.password);
  };
  try {
    const maxParticipants = Math.max(options.participants, 2);
    const settings = { guestsAllowed: true, maxParticipants };
    const { code } = await rest.createRoom(await account.token(), 'Load test', settings);
    return {
      code,
      admit: async (displayName) => rest.join(code, { displayName, asGuest: true }, await account.token()),
      async close() {
        await cleanUp.deleteRoom(await account.token(), code);
        await removeAccount();
      },
    };
  } catch (error) {
    await removeAccount();
    throw error;
  }
}

async function throwAwayAccount(rest: Rest, renewal: Rest): Promise<Account> {
  const credentials = {
    email: `load-${randomUUID()}@example.org`,
    password: randomBytes(24).toString('base64url'),
  };
  const session = await rest.register({ ...credentials, displayName: 'Load test' });
  return new Account(renewal, credentials, session);
}
