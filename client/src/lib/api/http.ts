/** One REST call, typed by the route table of the contract. Every failure is an `AppError`. */
import { AppError, ErrorResponse, ROUTES } from '@vcallpe/shared';
import type { ErrorCode, RouteKey, RouteSpec } from '@vcallpe/shared';
import axios, { AxiosError } from 'axios';
import type { AxiosInstance } from 'axios';
import type { z } from 'zod';

const TIMEOUT_MS = 15_000;

export type RouteOutput<K extends RouteKey> = (typeof ROUTES)[K] extends {
  response: infer R extends z.ZodType;
}
  ? z.output<R>
  : void;

export interface CallOptions {
  /** Fills the parameters in the path, such as `:code`. */
  params?: Record<string, string | number>;
  query?: Record<string, string | number>;
  body?: unknown;
  accessToken?: string | undefined;
  headers?: Record<string, string>;
}

export type Send = <K extends RouteKey>(route: K, options?: CallOptions) => Promise<RouteOutput<K>>;

/** @param baseURL where the routes of the contract begin, such as `/api/v1`. */
export function createSend(baseURL: string): Send {
  const http = axios.create({ baseURL, timeout: TIMEOUT_MS });
  return (route, options = {}) => send(http, route, options);
}

async function send<K extends RouteKey>(
  http: AxiosInstance,
  route: K,
  { params = {}, query, body, accessToken, headers }: CallOptions,
): Promise<RouteOutput<K>> {
  const spec: RouteSpec = ROUTES[route];
  const [method, path = ''] = route.split(' ');
  try {
    const { data } = await http.request<unknown>({
      method,
      url: path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params[name] ?? '')),
      params: query,
      data: body,
      headers: { ...headers, ...(accessToken && { Authorization: `Bearer ${accessToken}` }) },
    });
    return spec.response?.parse(data) as RouteOutput<K>;
  } catch (error) {
    throw toAppError(error);
  }
}

/** Statuses that a proxy in front of the API answers with, in words of its own. */
const FOREIGN_STATUS: Record<number, ErrorCode> = {
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMITED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'UNAVAILABLE',
};

export function toAppError(error: unknown): AppError {
  if (!(error instanceof AxiosError)) {
    return new AppError('INTERNAL', 'The server answered with something this page does not understand.', {
      cause: error,
    });
  }
  if (error.response) {
    const parsed = ErrorResponse.safeParse(error.response.data);
    if (parsed.success) {
      const { code, message, details, requestId } = parsed.data.error;
      return new AppError(code, message, { details, cause: { requestId } });
    }
    const code = FOREIGN_STATUS[error.response.status] ?? 'INTERNAL';
    return new AppError(code, `The server answered ${error.response.status}.`, { cause: error });
  }
  const timedOut = error.code === AxiosError.ECONNABORTED || error.code === AxiosError.ETIMEDOUT;
  return timedOut
    ? new AppError('TIMEOUT', 'The server took too long to answer.', { cause: error })
    : new AppError('UNAVAILABLE', 'The server could not be reached.', { cause: error });
}
