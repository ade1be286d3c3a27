/** Asks the SFU node how it is and gives it an admin's orders, over its address inside the deployment. */
import {
  AdminNode,
  AdminRoomDetail,
  AppError,
  ErrorResponse,
  ROOM_TOKEN_ISSUER,
  SFU_ADMIN_AUDIENCE,
  SFU_ADMIN_PREFIX,
} from '@vcallpe/shared';
import jwt from 'jsonwebtoken';
import type { z } from 'zod';
import type { ApiConfig } from '../config.ts';
import { retryLater } from '../limits/retry-later.ts';

/** How long the node may take, ms: less than the router waits, so that the answer names what is away. */
const ANSWER_WITHIN_MS = 5_000;

/** The token is made for one request, which arrives at once; the rest is for clocks that differ. */
const TOKEN_SECONDS = 30;

const RETRY_MS = 2_000;

interface Order {
  method: 'GET' | 'PUT' | 'POST';
  /** Below `SFU_ADMIN_PREFIX`. */
  path: string;
  body?: unknown;
}

/** Every method rejects with UNAVAILABLE when the node does not answer, and with its own error when it refuses. */
export class SfuAdmin {
  readonly #url: string;
  readonly #secret: string;

  constructor({ sfuInternalUrl, roomTokenSecret }: Pick<ApiConfig, 'sfuInternalUrl' | 'roomTokenSecret'>) {
    this.#url = sfuInternalUrl + SFU_ADMIN_PREFIX;
    this.#secret = roomTokenSecret;
  }

  /** @param adminId here and below: the user who asks, for the node's log. */
  node(adminId: string): Promise<AdminNode> {
    return this.#ask(AdminNode, adminId, { method: 'GET', path: '/node' });
  }

  /** @throws ROOM_NOT_FOUND when nobody is in it. */
  room(adminId: string, code: string, page: number): Promise<AdminRoomDetail> {
    return this.#ask(AdminRoomDetail, adminId, { method: 'GET', path: `/rooms/${code}?page=${page}` });
  }

  setWorkers(adminId: string, count: number): Promise<AdminNode> {
    return this.#ask(AdminNode, adminId, { method: 'PUT', path: '/workers', body: { count } });
  }

  /** @throws NOT_FOUND when there is no such worker. */
  setDraining(adminId: string, index: number, draining: boolean): Promise<AdminNode> {
    const act = draining ? 'drain' : 'undrain';
    return this.#ask(AdminNode, adminId, { method: 'POST', path: `/workers/${index}/${act}` });
  }

  async #ask<S extends z.ZodType>(schema: S, adminId: string, order: Order): Promise<z.output<S>> {
    const { status, answer } = await this.#fetch(adminId, order);
    if (status === 200) {
      const parsed = schema.safeParse(answer);
      if (parsed.success) return parsed.data;
      throw away('The media server answered in a way that this API does not know', parsed.error);
    }
    const refusal = ErrorResponse.safeParse(answer);
    // A token that the node does not take is a matter of the two servers and not of whoever asks.
    if (!refusal.success || status === 401) throw away('The media server refused the API', answer);
    throw AppError.fromBody(refusal.data.error);
  }

  async #fetch(adminId: string, { method, path, body }: Order): Promise<{ status: number; answer: unknown }> {
    try {
      const response = await fetch(this.#url + path, {
        method,
        redirect: 'error',
        headers: {
          authorization: `Bearer ${this.#token(adminId)}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return { status: response.status, answer: await response.json() };
    } catch (cause) {
      throw away('The media server does not answer. Try again in a moment', cause);
    }
  }

  #token(adminId: string): string {
    return jwt.sign({}, this.#secret, {
      algorithm: 'HS256',
      issuer: ROOM_TOKEN_ISSUER,
      audience: SFU_ADMIN_AUDIENCE,
      subject: adminId,
      expiresIn: TOKEN_SECONDS,
    });
  }
}

const away = (message: string, cause: unknown) => retryLater('UNAVAILABLE', message, RETRY_MS, cause);
