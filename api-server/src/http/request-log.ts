/** Gives each request its id, and writes one line when it is answered. Headers and queries are never logged. */
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from '../logger.ts';

/** Probes come every few seconds, so they are logged only at debug. */
const PROBES = new Set(['/healthz', '/readyz']);

function facts(req: Request, res: Response, log: { responseTime: number }) {
  return {
    method: req.method,
    path: req.originalUrl.split('?', 1)[0],
    status: res.statusCode,
    ms: log.responseTime,
    address: req.ip,
  };
}

export function logRequests(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    customAttributeKeys: { reqId: 'requestId' },
    quietReqLogger: true,
    quietResLogger: true,
    genReqId: (_req, res) => {
      const id = randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    customLogLevel: (req, res, error) => {
      if (error || res.statusCode >= 500) return 'error';
      return PROBES.has(req.path) ? 'debug' : 'info';
    },
    customSuccessObject: facts,
    customErrorObject: (req, res, error, log) => ({ ...facts(req, res, log), err: error }),
    customErrorMessage: () => 'request failed',
  });
}
