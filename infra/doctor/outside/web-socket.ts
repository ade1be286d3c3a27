/** Whether a page may open its WebSocket to the media server, through whatever proxies there are. */
import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { good, reasonOf, wrong, type Finding } from '../finding.ts';

const CHECK = 'WebSocket';
const ANSWER_WITHIN_MS = 5_000;
/** Of a refusal no more is read, bytes. */
const MOST_BYTES = 4_096;

export type UpgradeOutcome =
  | { kind: 'open' }
  /** Answered as plain HTTP. */
  | { kind: 'answer'; status: number; body: string }
  | { kind: 'failed'; why: string };

/** Opens the WebSocket of Socket.IO as a page of `origin` would, and closes it at once. */
export function tryUpgrade(sfuUrl: string, origin: string): Promise<UpgradeOutcome> {
  const url = new URL('/socket.io/?EIO=4&transport=websocket', sfuUrl);
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    headers: {
      Origin: origin,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    },
    timeout: ANSWER_WITHIN_MS,
  });
  return new Promise((resolve) => {
    request.once('upgrade', (_response, socket) => {
      socket.destroy();
      resolve({ kind: 'open' });
    });
    request.once('response', (response) => {
      readSome(response).then(
        (body) => resolve({ kind: 'answer', status: response.statusCode ?? 0, body }),
        (error: unknown) => resolve({ kind: 'failed', why: reasonOf(error) }),
      );
    });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', (error) => resolve({ kind: 'failed', why: reasonOf(error) }));
    request.end();
  });
}

async function readSome(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > MOST_BYTES) break;
  }
  return text;
}

export function judgeUpgrade(outcome: UpgradeOutcome, sfuUrl: string, origin: string): Finding {
  if (outcome.kind === 'open') return good(CHECK, `A page of ${origin} can open a WebSocket to ${sfuUrl}.`);
  if (outcome.kind === 'failed') {
    return wrong(
      CHECK,
      `The media server at ${sfuUrl} can’t be reached: ${outcome.why}.`,
      'Set SFU_URL to the address at which browsers find it, and open that port (SFU_PORT, TCP).',
    );
  }
  if (outcome.body.includes('ALLOWED_ORIGINS')) {
    return wrong(
      CHECK,
      `The media server at ${sfuUrl} refuses pages of ${origin}.`,
      `Add ${origin} to its ALLOWED_ORIGINS.`,
    );
  }
  return wrong(
    CHECK,
    `${sfuUrl} answers a WebSocket with HTTP ${outcome.status}: it is no media server, or a proxy in front of it lets none through.`,
    'Let the proxy pass Upgrade and Connection on for /socket.io/ (nginx: proxy_http_version 1.1), or correct SFU_URL.',
  );
}
