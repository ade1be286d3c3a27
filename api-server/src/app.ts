/** Puts the parts together: services, then the order in which a request passes through. */
import { createSecretKey } from 'node:crypto';
import { API_PREFIX, AppError } from '@vcallpe/shared';
import type { Database } from '@vcallpe/shared/db';
import express, { type Express } from 'express';
import { adminRoutes } from './admin/admin-routes.ts';
import { SfuAdmin } from './admin/sfu-admin.ts';
import { AccessTokens } from './auth/access-tokens.ts';
import { AccountService } from './auth/account-service.ts';
import { authRoutes } from './auth/auth-routes.ts';
import { AuthService } from './auth/auth-service.ts';
import { LoginGuard } from './auth/login-guard.ts';
import { meRoutes } from './auth/me-routes.ts';
import { Passwords } from './auth/passwords.ts';
import { SecretSuccession } from './auth/refresh-tokens.ts';
import { SessionService } from './auth/session-service.ts';
import type { ApiConfig } from './config.ts';
import { docsRoutes } from './docs/docs-routes.ts';
import { FileService } from './files/file-service.ts';
import { fileRoutes } from './files/file-routes.ts';
import { healthRoutes } from './health.ts';
import { Authorizer } from './http/authorize.ts';
import { clientRoutes } from './http/client.ts';
import { allowOrigins } from './http/cors.ts';
import { handleErrors } from './http/errors.ts';
import { logRequests } from './http/request-log.ts';
import { createApiRouter, type Handlers } from './http/router.ts';
import { securityHeaders } from './http/security-headers.ts';
import { endSlowBodies } from './http/slow-bodies.ts';
import { addressKey } from './limits/address.ts';
import { createRateLimits, type RateLimits } from './limits/rate-limits.ts';
import type { Logger } from './logger.ts';
import { meetingRoutes } from './meetings/meeting-routes.ts';
import { MeetingService } from './meetings/meeting-service.ts';
import { JoinService } from './rooms/join-service.ts';
import { roomRoutes } from './rooms/room-routes.ts';
import { RoomPasswords } from './rooms/room-passwords.ts';
import { verifyMeetingToken } from './rooms/room-tokens.ts';
import { RoomService } from './rooms/room-service.ts';

interface Parts {
  config: ApiConfig;
  database: Database;
  logger: Logger;
  isClosing: () => boolean;
}

export async function createApp({ config, database, logger, isClosing }: Parts): Promise<Express> {
  const limits = createRateLimits(config.rateLimitScale);
  const { handlers, authorizer } = await createServices(config, database, limits);

  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.disable('etag');
  app.disable('x-powered-by');
  app.use(logRequests(logger));
  app.use(endSlowBodies);
  app.use(healthRoutes(database, isClosing));
  app.use(securityHeaders(config));
  app.use(async (req, _res, next) => {
    const limit = isApi(req.path) ? limits.everything : limits.pages;
    await limit.take(addressKey(req.ip));
    next();
  });
  app.use('/api', allowOrigins(config.allowedOrigins));
  app.use(
    API_PREFIX,
    createApiRouter({ handlers, authorizer, limits, checkAnswers: config.nodeEnv !== 'production' }),
  );
  app.use(docsRoutes());
  if (config.clientDist) app.use(clientRoutes(config.clientDist));
  app.use((req) => {
    throw new AppError('NOT_FOUND', `There is nothing at ${req.path}`);
  });
  app.use(handleErrors);
  return app;
}

/** As Express matches it: in any case of letters. */
function isApi(path: string): boolean {
  return /^\/api(\/|$)/i.test(path);
}

async function createServices(
  config: ApiConfig,
  database: Database,
  limits: RateLimits,
): Promise<{ handlers: Handlers; authorizer: Authorizer }> {
  const { users, sessions: sessionModel } = database;
  const accessTokens = new AccessTokens(config.accessTokenSecret);
  const meetingKey = createSecretKey(config.accessTokenSecret, 'utf8');
  const passwords = await Passwords.create(config.bcryptCost);
  const guard = new LoginGuard({ inARow: limits.wrongPassword, anywhere: limits.wrongPasswordAnywhere });
  const sessions = new SessionService(sessionModel, new SecretSuccession(config.accessTokenSecret));
  const auth = new AuthService({ users, sessions, passwords, accessTokens, guard });
  const accounts = new AccountService({ database, sessions, passwords, guard });
  const roomPasswords = new RoomPasswords(
    passwords,
    new LoginGuard({ inARow: limits.wrongRoomPassword, anywhere: limits.wrongRoomPasswordAnywhere }),
  );
  const rooms = new RoomService(database, roomPasswords);
  const joins = new JoinService(rooms, roomPasswords, database, config);

  return {
    handlers: {
      ...authRoutes(auth, sessions),
      ...meRoutes(accounts),
      ...roomRoutes(rooms, joins, config.regionHeader),
      ...meetingRoutes(new MeetingService(rooms, database)),
      ...fileRoutes(new FileService(database), limits),
      ...adminRoutes(new SfuAdmin(config)),
    },
    authorizer: new Authorizer(accessTokens, sessions, accounts, config.allowedOrigins, (token) =>
      verifyMeetingToken(token, meetingKey),
    ),
  };
}
