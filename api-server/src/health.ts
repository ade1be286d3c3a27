/** For whoever supervises or balances: is the process alive, and should it be sent requests. */
import { AppError } from '@vcallpe/shared';
import { pingDatabase, type Database } from '@vcallpe/shared/db';
import { Router } from 'express';
import { refuseMethod } from './http/router.ts';

export function healthRoutes(database: Database, isClosing: () => boolean): Router {
  const router = Router();

  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });

  router.get('/readyz', async (_req, res) => {
    if (isClosing()) throw new AppError('UNAVAILABLE', 'The server is shutting down');
    await pingDatabase(database).catch((cause: unknown) => {
      throw new AppError('UNAVAILABLE', 'The database does not answer', { cause });
    });
    res.json({ status: 'ready' });
  });

  router.all(['/healthz', '/readyz'], refuseMethod(['GET']));
  return router;
}
