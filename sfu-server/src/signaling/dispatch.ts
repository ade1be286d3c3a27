/** Parse → authorize and handle → answer. Every request is answered once, whatever happens in between. */
import { randomUUID } from 'node:crypto';
import {
  AppError,
  LIMITS,
  REQUESTS,
  type Ack,
  type ErrorBody,
  type Input,
  type Method,
  type Output,
  withinDeadline,
} from '@vcallpe/shared';
import { isDatabaseAway } from '@vcallpe/shared/db';
import type { Metrics } from '../ops/metrics.ts';
import type { Session } from './session.ts';

/** Before the client stops waiting, so that it learns what was wrong. */
const ANSWER_WITHIN_MS = LIMITS.signalingTimeoutMs - 1_000;

export type Handler<M extends Method> = (session: Session, input: Input<M>) => Output<M> | Promise<Output<M>>;
export type Handlers = { [M in Method]: Handler<M> };

export interface DispatchOptions {
  handlers: Handlers;
  metrics: Metrics;
  checkOutputs: boolean;
}

/** Answers one request; never rejects. */
export async function dispatch(
  { handlers, metrics, checkOutputs }: DispatchOptions,
  session: Session,
  method: unknown,
  input: unknown,
): Promise<Ack> {
  const known = isMethod(method) ? method : undefined;
  const stop = metrics.requestSeconds.startTimer({ method: known ?? 'unknown' });
  let ack: Ack;
  try {
    if (!known) throw new AppError('UNKNOWN_METHOD', `There is no method ${describeMethod(method)}`);
    const work = handle(handlers, session, known, input, checkOutputs);
    ack = { ok: true, data: await withinDeadline(work, ANSWER_WITHIN_MS) };
  } catch (error) {
    ack = { ok: false, error: toBody(error, session, known) };
  }
  stop();
  metrics.requests.inc({ method: known ?? 'unknown', code: ack.ok ? 'OK' : ack.error.code });
  return ack;
}

async function handle<M extends Method>(
  handlers: Handlers,
  session: Session,
  method: M,
  input: unknown,
  checkOutputs: boolean,
): Promise<unknown> {
  if (Buffer.byteLength(JSON.stringify(input) ?? '') > LIMITS.signalingMessageBytes) {
    throw new AppError('PAYLOAD_TOO_LARGE', `A message has at most ${LIMITS.signalingMessageBytes} bytes`);
  }
  const spec = REQUESTS[method];
  const parsed = spec.input.safeParse(input);
  if (!parsed.success) {
    throw new AppError('VALIDATION_FAILED', `This is not what ${method} takes`, {
      details: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    });
  }
  session.log.debug({ method }, 'request');
  const output = await handlers[method](session, parsed.data as Input<M>);
  return checkOutputs ? spec.output.parse(output) : output;
}

function isMethod(method: unknown): method is Method {
  return typeof method === 'string' && Object.hasOwn(REQUESTS, method);
}

function describeMethod(method: unknown): string {
  return typeof method === 'string' ? JSON.stringify(method.slice(0, 64)) : `of type ${typeof method}`;
}

/** What a client may know of a failure. What it may not is in the log, under the same id. */
export function toBody(error: unknown, session: Pick<Session, 'log'>, method?: Method): ErrorBody {
  if (error instanceof AppError) {
    session.log.debug({ method, code: error.code, reason: error.message }, 'refused');
    return error.toBody();
  }
  if (isDatabaseAway(error)) {
    session.log.warn({ err: error, method }, 'the database is away');
    return { code: 'UNAVAILABLE', message: 'The database is away. Try again in a moment' };
  }
  const errorId = randomUUID();
  session.log.error({ err: error, method, errorId }, 'request failed');
  return {
    code: 'INTERNAL',
    message: `Something went wrong on the server (${errorId})`,
    details: { errorId },
  };
}
