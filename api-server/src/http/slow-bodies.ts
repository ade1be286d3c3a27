/**
 * Bodies that come in drips. Node has one limit for all requests, and files need a long one; so everything else gets a
 * shorter one here.
 */
import type { Request, RequestHandler } from 'express';

/** How long Node waits for a whole request, ms: a file of 25 MB over a line of 400 kbit/s. */
export const REQUEST_TIMEOUT_MS = 10 * 60_000;
/** How long the body of anything but a file may take, ms. */
const BODY_WITHIN_MS = 30_000;

const timers = new WeakMap<Request, NodeJS.Timeout>();

export const endSlowBodies: RequestHandler = (req, _res, next) => {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length']) > 0;
  if (hasBody && !req.complete) {
    const timer = setTimeout(() => req.complete || req.socket.destroy(), BODY_WITHIN_MS).unref();
    timers.set(req, timer);
    req.once('close', () => clearTimeout(timer));
  }
  next();
};

/** This request brings a file. */
export function allowSlowBody(req: Request): void {
  clearTimeout(timers.get(req));
}
