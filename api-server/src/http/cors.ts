/** CORS for the origins of ALLOWED_ORIGINS. Any other page gets no CORS header at all, so its browser refuses. */
import cors from 'cors';
import type { RequestHandler } from 'express';

export function allowOrigins(allowed: readonly string[]): RequestHandler {
  if (allowed.length === 0) return (_req, _res, next) => next();
  const handle = cors((req, done) => {
    const origin = req.headers.origin;
    done(null, {
      origin: origin !== undefined && allowed.includes(origin),
      credentials: true,
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key'],
      exposedHeaders: ['Retry-After', 'X-Request-Id'],
      maxAge: 600,
    });
  });
  return (req, res, next) => {
    res.vary('Origin');
    handle(req, res, next);
  };
}
