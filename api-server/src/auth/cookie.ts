/** The cookie that carries the refresh token. Scripts can't read it, and only the auth routes are sent it. */
import { API_PREFIX, LIMITS } from '@vcallpe/shared';
import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { formatRefreshToken, type RefreshToken } from './refresh-tokens.ts';

export const REFRESH_COOKIE = 'vcallpe_refresh';

const attributes = (req: Request) => ({
  httpOnly: true,
  sameSite: 'strict' as const,
  path: `${API_PREFIX}/auth`,
  secure: req.secure,
});

export function readRefreshCookie(req: Request): string | undefined {
  return parseCookie(req.headers.cookie ?? '')[REFRESH_COOKIE] || undefined;
}

export function setRefreshCookie(req: Request, res: Response, token: RefreshToken): void {
  res.cookie(REFRESH_COOKIE, formatRefreshToken(token), {
    ...attributes(req),
    maxAge: LIMITS.refreshTokenMs,
  });
}

export function clearRefreshCookie(req: Request, res: Response): void {
  res.clearCookie(REFRESH_COOKIE, attributes(req));
}
