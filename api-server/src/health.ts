/** For whoever supervises or balances: is the process alive, and should it be sent requests. */
import { AppError } from '@vcallpe/shared';
import { pingDatabase, type Database } from '@vcallpe/shared/db';
import { Router } from 'express';
import { refuseMethod } from './http/router.ts';

/** A probe that hears nothing for longer gives up by itself, so the answer comes before, in ms. */
const PING_TIMEOUT = 2_000;

export function healthRoutes(database: Database, isClosing: () => boolean): Router {
  const router = Router();

  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });

  router.get('/readyz', async (_req, res) => {
    if (isClosing()) throw new AppError('UNAVAILABLE', 'The server is shutting down');
    await answersInTime(database);
    res.json({ status: 'ready' });
  });

  router.all(['/healthz', '/readyz'], refuseMethod(['GET']));
  return router;
}

/** @throws UNAVAILABLE */
async function answersInTime(database: Database): Promise<void> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`No answer within ${PING_TIMEOUT} ms`)), PING_TIMEOUT);
  try {
    await Promise.race([pingDatabase(database), timeout]);
  } catch (cause) {
    throw new AppError('UNAVAILABLE', 'The database does not answer', { cause });
  } finally {
    clearTimeout(timer);
  }
}
