/** Headers that bound what a page of ours can do. The client really runs under this policy, without exceptions. */
import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { ApiConfig } from '../config.ts';
import { sfuUrlFor } from '../sfu-url.ts';
import { requestHost } from './origin.ts';

/** Half a year, in seconds. */
const HSTS_MAX_AGE = 180 * 24 * 3600;

/**
 * Every answer gets a nonce of its own. The client's index.html carries it to its scripts and to emotion,
 * which makes the style elements of MUI. Signaling goes to the SFU, on another port or host.
 */
function contentSecurityPolicy(nonce: string, sfuUrl: string): string {
  const withNonce = `'self' 'nonce-${nonce}'`;
  const sfuSocket = sfuUrl.replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    `script-src ${withNonce}`,
    `style-src ${withNonce}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:",
    `connect-src 'self' ${sfuUrl} ${sfuSocket}`,
    "font-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

/**
 * helmet's defaults, with some of our own: the policy above; HSTS only when the request came over TLS, since
 * plain http on localhost or a LAN must go on working; and a Referer within our own pages only, so that room
 * links stay private while browsers still send the Origin that cookie routes check.
 */
export function securityHeaders(config: ApiConfig): RequestHandler[] {
  const defaults = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  const ours: RequestHandler = (req, res, next) => {
    res.set('Permissions-Policy', 'camera=(self), microphone=(self), display-capture=(self)');
    if (req.secure) res.set('Strict-Transport-Security', `max-age=${HSTS_MAX_AGE}`);
    const nonce = randomBytes(16).toString('base64');
    res.locals['cspNonce'] = nonce;
    res.set('Content-Security-Policy', contentSecurityPolicy(nonce, sfuUrlFor(config, requestHost(req))));
    next();
  };
  return [defaults, ours];
}
