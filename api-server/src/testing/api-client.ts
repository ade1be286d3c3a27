/** Speaks HTTP to an API under test, and reads answers by the contract. */
import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { API_PREFIX, ERRORS, ErrorResponse, Room, SessionResponse, type ErrorCode } from '@vcallpe/shared';
import type { z } from 'zod';
import { REFRESH_COOKIE } from '../auth/cookie.ts';

export const PASSWORD = 'correct horse battery';

export interface Sent {
  /** Sent as JSON. */
  body?: unknown;
  /** Access token. */
  token?: string;
  /** Refresh token. */
  cookie?: string;
  headers?: Record<string, string>;
}

/** Someone who is signed in. */
export interface Visitor extends SessionResponse {
  cookie: string;
}

export class Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;

  constructor(response: Response, text: string) {
    this.status = response.status;
    this.headers = response.headers;
    this.text = text;
  }

  as<S extends z.ZodType>(schema: S): z.output<S> {
    return schema.parse(JSON.parse(this.text));
  }

  /** The refresh token in Set-Cookie: '' when it was cleared, undefined when none was set. */
  get cookie(): string | undefined {
    const [header] = this.headers.getSetCookie();
    return header?.startsWith(`${REFRESH_COOKIE}=`)
      ? header.slice(REFRESH_COOKIE.length + 1, header.indexOf(';'))
      : undefined;
  }

  /** Expects the envelope of this error, with the status of the table and the id of the request. */
  expectError(code: ErrorCode): ErrorResponse['error'] {
    const { error } = this.as(ErrorResponse);
    expect(error).toMatchObject({ code, requestId: this.headers.get('x-request-id') });
    expect(this.status).toBe(ERRORS[code].status);
    expect(Object.keys(JSON.parse(this.text))).toEqual(['error']);
    return error;
  }

  expectStatus(status: number): this {
    if (this.status !== status) throw new Error(`Expected ${status}, got ${this.status}: ${this.text}`);
    return this;
  }
}

export class ApiClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** @param path below the API's prefix, such as `/rooms`. */
  call(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    return this.fetch(method, API_PREFIX + path, sent);
  }

  async fetch(method: string, path: string, { body, token, cookie, headers }: Sent = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(cookie !== undefined && { cookie: `${REFRESH_COOKIE}=${cookie}` }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return new Answer(response, await response.text());
  }

  /** A new account, signed in. */
  async register(displayName = 'Ann'): Promise<Visitor> {
    const email = `${randomUUID()}@example.org`;
    return signedIn(
      await this.call('POST', '/auth/register', { body: { email, password: PASSWORD, displayName } }),
      201,
    );
  }

  /** The same account on another device. */
  async login(email: string, password = PASSWORD): Promise<Visitor> {
    return signedIn(await this.call('POST', '/auth/login', { body: { email, password } }), 200);
  }

  refresh(cookie: string, idempotencyKey?: string): Promise<Answer> {
    const headers = idempotencyKey && { 'idempotency-key': idempotencyKey };
    return this.call('POST', '/auth/refresh', { cookie, ...(headers && { headers }) });
  }

  async createRoom(owner: Visitor, settings?: Partial<Room['settings']>): Promise<Room> {
    const body = { name: 'Weekly', ...(settings && { settings }) };
    return (await this.call('POST', '/rooms', { body, token: owner.accessToken })).expectStatus(201).as(Room);
  }
}

/** Reads the answer of register, login or refresh. */
export function signedIn(answer: Answer, status = 200): Visitor {
  const session = answer.expectStatus(status).as(SessionResponse);
  if (!answer.cookie) throw new Error('No refresh cookie was set');
  return { ...session, cookie: answer.cookie };
}
