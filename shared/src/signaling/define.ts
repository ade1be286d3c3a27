import type { z } from 'zod';
import type { ErrorBody } from '../errors.ts';

/** Something the client asks and the server always answers, once. */
export interface RequestSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  input: I;
  output: O;
}

export function request<I extends z.ZodType, O extends z.ZodType>(
  spec: RequestSpec<I, O>,
): RequestSpec<I, O> {
  return spec;
}

/** A fact the server tells. It is never answered. */
export function event<S extends z.ZodType>(schema: S): S {
  return schema;
}

/** The one form of every answer. */
export type Ack<T = unknown> = { ok: true; data: T } | { ok: false; error: ErrorBody };

/** Names of the two Socket.IO events that carry everything: `(method, input, ack)` up, `(name, payload)` down. */
export const REQUEST_CHANNEL = 'request';
export const EVENT_CHANNEL = 'event';
/** The server asks whether the client is there; it answers at once with an empty ack. */
export const PROBE_CHANNEL = 'probe';
