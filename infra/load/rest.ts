/** The API, as the load tester needs it. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  API_PREFIX,
  AppError,
  ErrorResponse,
  JoinGrant,
  Room,
  SessionResponse,
  type JoinRoomBody,
  type RoomSettings,
} from '@vcallpe/shared';
import { z } from 'zod';
import { now } from './clock.ts';
import type { Admission } from './participant.ts';

const RetryAfter = z.object({ retryAfterSeconds: z.number().positive() });
/** Where a server names no time, ms. */
const DEFAULT_WAIT_MS = 5_000;
/** How long one request may take, ms. */
const ANSWER_WITHIN_MS = 30_000;

interface Sent {
  token?: string;
  body?: object;
}

export class Rest {
  readonly #origin: string;
  readonly #onRateLimit: (waitMs: number) => void;
  readonly #signal: AbortSignal;

  /** @param onRateLimit a request was refused for now, and is repeated after this wait, ms */
  constructor(origin: string, onRateLimit: (waitMs: number) => void, signal: AbortSignal) {
    this.#origin = origin;
    this.#onRateLimit = onRateLimit;
    this.#signal = signal;
  }

  async register(body: { email: string; password: string; displayName: string }): Promise<SessionResponse> {
    return SessionResponse.parse(await this.#call('POST', '/auth/register', { body }));
  }

  async login(body: { email: string; password: string }): Promise<SessionResponse> {
    return SessionResponse.parse(await this.#call('POST', '/auth/login', { body }));
  }

  async createRoom(token: string, name: string, settings: Partial<RoomSettings>): Promise<Room> {
    return Room.parse(await this.#call('POST', '/rooms', { token, body: { name, settings } }));
  }

  async deleteRoom(token: string, code: string): Promise<void> {
    await this.#call('DELETE', `/rooms/${code}`, { token });
  }

  async deleteAccount(token: string, password: string): Promise<void> {
    await this.#call('DELETE', '/me', { token, body: { password } });
  }

  /** @param token undefined for a guest */
  async join(code: string, body: JoinRoomBody, token?: string): Promise<Admission> {
    let askedAtMs = now();
    const answer = await this.#call('POST', `/rooms/${code}/join`, { token, body }, () => {
      askedAtMs = now();
    });
    return { grant: JoinGrant.parse(answer), askedAtMs };
  }

  /** Repeats what is rate limited, each time after the wait that the server asks for. */
  async #call(method: string, path: string, sent: Sent, onAsked?: () => void): Promise<unknown> {
    for (;;) {
      onAsked?.();
      try {
        return await this.#ask(method, path, sent);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'RATE_LIMITED') throw error;
        const seconds = RetryAfter.safeParse(error.details).data?.retryAfterSeconds;
        const waitMs = seconds === undefined ? DEFAULT_WAIT_MS : seconds * 1000;
        this.#onRateLimit(waitMs);
        await delay(waitMs, undefined, { signal: this.#signal });
      }
    }
  }

  async #ask(method: string, path: string, { token, body }: Sent): Promise<unknown> {
    const url = `${this.#origin}${API_PREFIX}${path}`;
    const headers = new Headers();
    if (body) headers.set('content-type', 'application/json');
    if (token) headers.set('authorization', `Bearer ${token}`);
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal: AbortSignal.any([this.#signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
    } catch (error) {
      if (this.#signal.aborted) throw error;
      throw new AppError('UNAVAILABLE', `${url} can’t be reached: ${reasonOf(error)}`, { cause: error });
    }
    if (response.status === 204) return undefined;
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    const refusal = ErrorResponse.safeParse(answer);
    if (refusal.success) throw AppError.fromBody(refusal.data.error);
    throw new AppError('INTERNAL', `${url} answered with HTTP ${response.status}, which is no VCallPe API`);
  }
}

/** `fetch` says only that it failed; why is in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
