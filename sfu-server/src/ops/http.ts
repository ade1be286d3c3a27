/** What operators and load balancers ask over HTTP: /healthz, /readyz, /metrics, and what the API asks for admins. */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { SFU_ADMIN_PREFIX } from '@vcallpe/shared';
import type { SfuConfig } from '../config.ts';
import type { Logger } from '../logger.ts';
import type { createAdmin } from './admin.ts';
import type { Metrics } from './metrics.ts';

export interface OpsOptions {
  config: SfuConfig;
  log: Logger;
  metrics: Metrics;
  admin: ReturnType<typeof createAdmin>;
  /** What keeps this node from taking calls; empty when it is ready. */
  problems: () => Promise<string[]>;
}

export function createOpsServer(options: OpsOptions): Server {
  const { config, log } = options;
  const listener = (req: IncomingMessage, res: ServerResponse) => {
    route(options, req, res).catch((error: unknown) => {
      log.error({ err: error, url: req.url }, 'ops request failed');
      if (!res.headersSent) reply(res, 500, { status: 'error' });
    });
  };
  return config.tls ? createTlsServer(config.tls, listener) : createServer(listener);
}

async function route(
  { config, metrics, admin, problems }: OpsOptions,
  req: IncomingMessage,
  res: ServerResponse,
) {
  const path = req.url?.split('?', 1)[0];
  if (path?.startsWith(`${SFU_ADMIN_PREFIX}/`)) {
    const { status, body } = await admin(req);
    return reply(res, status, body);
  }
  if (req.method !== 'GET') return reply(res, 405, { status: 'GET only' });
  if (path === '/healthz') return reply(res, 200, { status: 'ok' });
  if (path === '/readyz') {
    const found = await problems();
    return reply(res, found.length === 0 ? 200 : 503, {
      status: found.length === 0 ? 'ready' : 'not ready',
      problems: found,
    });
  }
  if (path === '/metrics') {
    if (!mayReadMetrics(req, config.metricsToken)) return reply(res, 403, { status: 'forbidden' });
    res.writeHead(200, { 'content-type': metrics.registry.contentType });
    res.end(await metrics.registry.metrics());
    return;
  }
  reply(res, 404, { status: 'not found' });
}

/** With a token, whoever has it. Without one, this machine alone, and not through a proxy on it. */
function mayReadMetrics(req: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) {
    const address = req.socket.remoteAddress ?? '';
    const local = address === '::1' || address.replace('::ffff:', '').startsWith('127.');
    return local && req.headers['x-forwarded-for'] === undefined && req.headers['forwarded'] === undefined;
  }
  const given = Buffer.from(req.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function reply(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  res.end(JSON.stringify(body));
}
