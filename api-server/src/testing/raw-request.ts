/** Requests that `fetch` would not let one make. */
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestTls, type RequestOptions as TlsOptions } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RawAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

/** One request on a connection of its own, with any headers, over TLS also to a certificate nobody signed. */
export async function rawRequest(
  url: string,
  { body = '', ...options }: RequestOptions & TlsOptions & { body?: string } = {},
): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = url.startsWith('https') ? requestTls : request;
  send(url, { agent: false, rejectUnauthorized: false, ...options }, resolve)
    .on('error', reject)
    .end(body);
  const response = await promise;
  return { status: response.statusCode ?? 0, headers: response.headers, text: await text(response) };
}

/** Sends bytes as they are, and returns all that comes back until the server hangs up. */
export function rawBytes(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  return text(socket);
}
