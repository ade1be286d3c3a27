/** What address the browser used to reach us, and whether a page of another origin is calling. */
import { AppError } from '@vcallpe/shared';
import type { Request } from 'express';

/** A name, an IPv4 address or an IPv6 address in brackets; then maybe a port. */
const HOST = /^(?<hostname>[a-z0-9](?:[a-z0-9.-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * Protocol and hostname (IPv6 in brackets) of this request, as seen by the browser.
 * @throws VALIDATION_FAILED when the Host header has not the shape of one, since it is put into addresses.
 */
export function requestHost(req: Request): { protocol: string; hostname: string } {
  const hostname = HOST.exec(req.host ?? '')?.groups?.['hostname'];
  if (!hostname) throw new AppError('VALIDATION_FAILED', 'The Host header is not the name of a host');
  return { protocol: req.protocol, hostname };
}

/**
 * SameSite=Strict already keeps the refresh cookie from foreign pages. This refuses them on browsers that
 * don't honour it, and pages of another port or scheme of this host, which count as the same site.
 * @throws FORBIDDEN
 */
export function refuseForeignOrigin(req: Request, allowedOrigins: readonly string[]): void {
  const origin = req.get('origin');
  if (origin === undefined || origin === `${req.protocol}://${req.host}`) return;
  if (allowedOrigins.includes(origin)) return;
  throw new AppError(
    'FORBIDDEN',
    'Pages of this origin may not use the session. ALLOWED_ORIGINS, or TRUST_PROXY behind a proxy, would admit them',
  );
}
