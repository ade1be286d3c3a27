/** Serves the built client, so that one address is enough on one machine. */
import { readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import express, { Router, type RequestHandler } from 'express';
import { ConfigError } from '../config.ts';

/** What Vite writes wherever a nonce belongs (`html.cspNonce`). */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * @param folder the output of the client's build.
 * @throws ConfigError when it is not one.
 */
export function clientRoutes(folder: string): Router {
  const root = resolve(folder);
  const html = readIndex(root);
  const sendIndex: RequestHandler = (_req, res) => {
    res.set('Cache-Control', 'no-store');
    res.type('html').send(html.replaceAll(NONCE_PLACEHOLDER, String(res.locals['cspNonce'])));
  };

  const router = Router();
  router.get(['/', '/index.html'], sendIndex);
  router.use(
    express.static(root, {
      index: false,
      redirect: false,
      setHeaders: (res, path) => {
        // Vite puts a hash of the content into the names of assets, and into no others.
        const hashed = path.startsWith(join(root, 'assets') + sep);
        res.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  // Pages are routes of the client. A missing script or image is not a page: it must stay a 404.
  router.get('/*page', (req, res, next) => {
    const wantsPage = req.headers.accept?.includes('text/html') && !/^\/(api|assets)(\/|$)/i.test(req.path);
    if (wantsPage) return sendIndex(req, res, next);
    next();
  });
  return router;
}

function readIndex(root: string): string {
  try {
    return readFileSync(join(root, 'index.html'), 'utf8');
  } catch {
    throw new ConfigError(`CLIENT_DIST: there is no built client (index.html) in ${root}`);
  }
}
