import { AppError } from '@vcallpe/shared';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { parseWith } from '../http/parse.ts';
import type { Handlers } from '../http/router.ts';
import type { AuthService, SignedIn } from './auth-service.ts';
import { clearRefreshCookie, setRefreshCookie } from './cookie.ts';
import type { SessionService } from './session-service.ts';

type AuthRoute =
  | 'POST /auth/register'
  | 'POST /auth/login'
  | 'POST /auth/refresh'
  | 'POST /auth/logout'
  | 'POST /auth/logout-all';

const RefreshHeaders = z.object({ 'idempotency-key': z.uuid().optional() });

export function authRoutes(auth: AuthService, sessions: SessionService): Handlers<AuthRoute> {
  return {
    'POST /auth/register': async ({ body, req, res }) => signedIn(req, res, await auth.register(body)),

    'POST /auth/login': async ({ body, address, req, res }) =>
      signedIn(req, res, await auth.login(body, address)),

    'POST /auth/refresh': async ({ caller, req, res }) => {
      const headers = parseWith(RefreshHeaders, req.headers);
      try {
        return signedIn(req, res, await auth.refresh(caller, headers['idempotency-key']));
      } catch (error) {
        // A token that failed will never do again.
        if (error instanceof AppError && error.status === 401) clearRefreshCookie(req, res);
        throw error;
      }
    },

    'POST /auth/logout': async ({ caller, req, res }) => {
      await auth.logout(caller);
      clearRefreshCookie(req, res);
    },

    'POST /auth/logout-all': async ({ caller, req, res }) => {
      await sessions.endAll(caller.userId);
      clearRefreshCookie(req, res);
    },
  };
}

function signedIn(req: Request, res: Response, { response, refreshToken }: SignedIn) {
  setRefreshCookie(req, res, refreshToken);
  return response;
}
