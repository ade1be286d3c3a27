/** Serves the route table of the contract. Every request passes: limit → authorize → parse → handle → answer. */
import { AppError, ROUTES, withinDeadline, type RouteKey, type RouteSpec } from '@vcallpe/shared';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { addressKey } from '../limits/address.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { Authorizer, Callers } from './authorize.ts';
import { parseWith, readJson } from './parse.ts';

type Routes = typeof ROUTES;
type Parsed<K extends RouteKey, Part extends 'params' | 'query' | 'body'> =
  Routes[K] extends Record<Part, infer S> ? z.output<S> : undefined;
type Answer<K extends RouteKey> = Routes[K] extends { response: infer S } ? z.output<S> : void;

export interface Call<K extends RouteKey> {
  caller: Callers[Routes[K]['auth']];
  params: Parsed<K, 'params'>;
  query: Parsed<K, 'query'>;
  body: Parsed<K, 'body'>;
  /** Key of the caller's address, for limits. */
  address: string;
  req: Request;
  res: Response;
}

/** One handler for each route; a missing one does not compile. */
export type Handlers<Keys extends RouteKey = RouteKey> = {
  [K in Keys]: (call: Call<K>) => Promise<Answer<K>>;
};

/** What the loop below may know: each handler takes the call that its own route describes. */
type AnyHandler = (call: {
  caller: unknown;
  params: unknown;
  query: unknown;
  body: unknown;
  address: string;
  req: Request;
  res: Response;
}) => Promise<unknown>;

/** Routes with a limit of their own, by address, beside the one on everything. */
const LIMITED: Partial<Record<RouteKey, keyof RateLimits>> = {
  'POST /auth/register': 'register',
  'POST /auth/login': 'login',
  'POST /auth/refresh': 'refresh',
};

interface Parts {
  handlers: Handlers;
  authorizer: Authorizer;
  limits: RateLimits;
  /** Parses answers too, so that a test fails when one leaves the contract. */
  checkAnswers: boolean;
}

export function createApiRouter(parts: Parts): Router {
  const router = Router();
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });

  const methodsOf = new Map<string, string[]>();
  for (const key of Object.keys(ROUTES) as RouteKey[]) {
    const [method = '', path = ''] = key.split(' ');
    methodsOf.set(path, [...(methodsOf.get(path) ?? []), method]);
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    router[verb](path, serve(key, parts));
  }
  for (const [path, methods] of methodsOf) router.all(path, refuseMethod(methods));
  return router;
}

function serve(key: RouteKey, { handlers, authorizer, limits, checkAnswers }: Parts): RequestHandler {
  const spec: RouteSpec = ROUTES[key];
  const handler = handlers[key] as AnyHandler;
  const limited = LIMITED[key];
  const limit = limited && limits[limited];
  /** Whoever has the token of a meeting knows its room. */
  const looksUpRoom = key.includes('/:code') && spec.auth !== 'meeting';

  const answer = async (req: Request, res: Response) => {
    const address = addressKey(req.ip);
    await limit?.take(address);
    const caller = await authorizer.authorize(spec.auth, req);
    const params = spec.params && parseWith(spec.params, req.params);
    const query = spec.query && parseWith(spec.query, req.query);
    const body = spec.body && parseWith(spec.body, await readJson(req, res));
    const handle = () => handler({ caller, params, query, body, address, req, res });
    if (!looksUpRoom) return handle();
    const guesser = caller && typeof caller === 'object' && 'userId' in caller ? caller.userId : address;
    return limits.unknownRoom.takeIfFailing(guesser, 'ROOM_NOT_FOUND', handle);
  };

  return async (req, res) => {
    // A file takes as long as the line of whoever sends or gets it needs.
    const result = await (spec.file ? answer(req, res) : withinDeadline(answer(req, res)));
    if (spec.file === 'out') return;
    if (!spec.response) {
      res.status(spec.status).end();
      return;
    }
    if (checkAnswers) spec.response.parse(result);
    res.status(spec.status).json(result);
  };
}

/** Answers 405 with the methods that would do, as HTTP asks. */
export function refuseMethod(methods: readonly string[]): RequestHandler {
  const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  return (req, res) => {
    res.set('Allow', allowed.join(', '));
    throw new AppError('METHOD_NOT_ALLOWED', `${req.method} is not possible here: ${allowed.join(', ')}`);
  };
}
