/** Who calls, by the `auth` of the route. */
import { AppError, type MeetingTokenClaims, type RouteAuth } from '@vcallpe/shared';
import type { Request } from 'express';
import type { AccessTokens, Account } from '../auth/access-tokens.ts';
import type { AccountService } from '../auth/account-service.ts';
import { readRefreshCookie } from '../auth/cookie.ts';
import type { SessionService } from '../auth/session-service.ts';
import { refuseForeignOrigin } from './origin.ts';

/** What a handler is told about its caller: for `cookie` the refresh token, unverified, as it came. */
export interface Callers {
  none: undefined;
  optional: Account | undefined;
  account: Account;
  admin: Account;
  meeting: MeetingTokenClaims;
  cookie: string;
}

const BEARER = /^Bearer +(?<token>\S+)$/i;

export class Authorizer {
  readonly #accessTokens: AccessTokens;
  readonly #sessions: SessionService;
  readonly #accounts: AccountService;
  readonly #allowedOrigins: readonly string[];
  readonly #verifyMeeting: (token: string) => MeetingTokenClaims;

  constructor(
    accessTokens: AccessTokens,
    sessions: SessionService,
    accounts: AccountService,
    allowedOrigins: readonly string[],
    verifyMeeting: (token: string) => MeetingTokenClaims,
  ) {
    this.#accessTokens = accessTokens;
    this.#sessions = sessions;
    this.#accounts = accounts;
    this.#allowedOrigins = allowedOrigins;
    this.#verifyMeeting = verifyMeeting;
  }

  /** @throws UNAUTHENTICATED, TOKEN_INVALID, TOKEN_EXPIRED, FORBIDDEN */
  async authorize(auth: RouteAuth, req: Request): Promise<Callers[RouteAuth]> {
    switch (auth) {
      case 'none':
        return undefined;
      case 'optional':
        // A token that does not hold is an error, or someone signed in would silently become a guest.
        return req.headers.authorization === undefined ? undefined : this.#account(req);
      case 'account':
        return this.#account(req);
      case 'admin': {
        const account = await this.#account(req);
        await this.#accounts.confirmAdmin(account);
        return account;
      }
      case 'meeting':
        return this.#verifyMeeting(bearer(req, 'Join the meeting first'));
      case 'cookie':
        return this.#cookie(req);
    }
  }

  async #account(req: Request): Promise<Account> {
    const account = this.#accessTokens.verify(bearer(req, 'Sign in first'));
    await this.#sessions.confirm(account);
    return account;
  }

  #cookie(req: Request): string {
    refuseForeignOrigin(req, this.#allowedOrigins);
    const token = readRefreshCookie(req);
    if (!token) throw new AppError('UNAUTHENTICATED', 'Sign in first');
    return token;
  }
}

function bearer(req: Request, otherwise: string): string {
  const header = req.headers.authorization;
  if (header === undefined) throw new AppError('UNAUTHENTICATED', otherwise);
  const token = BEARER.exec(header)?.groups?.['token'];
  if (!token) throw new AppError('TOKEN_INVALID', 'Authorization must be: Bearer <token>');
  return token;
}
