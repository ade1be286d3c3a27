import type { Handlers } from '../http/router.ts';
import type { AccountService } from './account-service.ts';
import { clearRefreshCookie } from './cookie.ts';

export function meRoutes(accounts: AccountService): Handlers<'GET /me' | 'PATCH /me' | 'DELETE /me'> {
  return {
    'GET /me': ({ caller }) => accounts.get(caller),

    'PATCH /me': ({ caller, body, address }) => accounts.update(caller, body, address),

    'DELETE /me': async ({ caller, body, address, req, res }) => {
      await accounts.delete(caller, body.password, address);
      clearRefreshCookie(req, res);
    },
  };
}
