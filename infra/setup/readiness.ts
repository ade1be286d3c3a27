// Ways to ask whether a child serves by now.
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';

const ANSWER_TIMEOUT_MS = 2_000;

/** Whether a GET of the address is answered with 200. The certificate is our own and on this machine: it is not checked. */
export function answersOk(url: string): Promise<boolean> {
  const request = url.startsWith('https:')
    ? httpsRequest(url, { rejectUnauthorized: false })
    : httpRequest(url);
  return new Promise((resolve) => {
    request.setTimeout(ANSWER_TIMEOUT_MS, () => request.destroy());
    request.once('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
    request.end();
  });
}

/** Whether somebody listens on the unix socket, or at the TCP port. */
export function acceptsConnections(where: string | { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = typeof where === 'string' ? connect(where) : connect(where);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
