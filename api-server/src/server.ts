/** Composition root: database, app and listener, and how they end. Tests of the whole stack start it too. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { connectDatabase } from '@vcallpe/shared/db';
import { createApp } from './app.ts';
import { ConfigError, type ApiConfig } from './config.ts';
import { sweepFiles } from './files/file-sweep.ts';
import { REQUEST_TIMEOUT_MS } from './http/slow-bodies.ts';
import { answerUnreadable } from './http/unreadable.ts';
import { createLogger, type Logger } from './logger.ts';

export { ConfigError, loadConfig, type ApiConfig } from './config.ts';

export interface ApiServer {
  /** Where it answers, with the port that it was really given. */
  url: string;
  /** Takes no more requests, finishes those under way for at most `CLOSE_TIMEOUT`, and lets the database go. */
  close(): Promise<void>;
}

/** ms that requests under way may still take. A supervisor should wait longer than this before it kills. */
const CLOSE_TIMEOUT = 10_000;

/** ms for the last word with the database. */
const GOODBYE_TIMEOUT = 2_000;

/** ms. A client that sends its request in drips holds its connection no longer than this. */
const TIMEOUTS: http.ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: REQUEST_TIMEOUT_MS,
  connectionsCheckingInterval: 5_000,
  // Longer than the 60 s after which proxies usually drop an idle connection, so that they do it and not we.
  keepAliveTimeout: 65_000,
};

/**
 * @throws ConfigError when what a setting names is not there: a port that is free, a certificate, a client,
 * a database.
 */
export async function createApiServer(
  config: ApiConfig,
  logger: Logger = createLogger(config.logLevel),
): Promise<ApiServer> {
  const certificate = config.tls && readCertificate(config.tls);
  const database = await connectDatabase(config.mongodbUri).catch((cause: unknown) => {
    throw new ConfigError('MONGODB_URI: the database there does not answer', { cause });
  });
  let closing: Promise<void> | undefined;

  try {
    const app = await createApp({ config, database, logger, isClosing: () => closing !== undefined });
    const server = certificate
      ? https.createServer({ ...TIMEOUTS, ...certificate, minVersion: 'TLSv1.2' }, app)
      : http.createServer(TIMEOUTS, app);
    server.on('clientError', answerUnreadable);
    await listen(server, config);

    const stopSweeping = sweepFiles(database, logger);

    const url = urlOf(server, config);
    logger.info({ url }, 'listening');
    const close = async () => {
      logger.info('closing');
      stopSweeping();
      await closeServer(server);
      // A driver whose database is gone may wait for it; nothing depends on the goodbye.
      await Promise.race([database.close(), setTimeout(GOODBYE_TIMEOUT, undefined, { ref: false })]);
      logger.info('closed');
    };
    return { url, close: () => (closing ??= close()) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function readCertificate({ certFile, keyFile }: NonNullable<ApiConfig['tls']>): {
  cert: Buffer;
  key: Buffer;
} {
  const read = (variable: string, path: string) => {
    try {
      return readFileSync(path);
    } catch (cause) {
      throw new ConfigError(`${variable}: cannot read ${path}`, { cause });
    }
  };
  return { cert: read('TLS_CERT', certFile), key: read('TLS_KEY', keyFile) };
}

async function listen(server: http.Server, { host, port }: ApiConfig): Promise<void> {
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new ConfigError(`PORT: ${port} is already in use on ${host}`, { cause });
    if (code === 'EACCES')
      throw new ConfigError(`PORT: ${port} needs more rights than this user has`, { cause });
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new ConfigError(`HOST: ${host} is not an address of this machine`, { cause });
    }
    throw cause;
  }
}

function urlOf(server: http.Server, { host, tls }: ApiConfig): string {
  const { port } = server.address() as AddressInfo;
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${name}:${port}`;
}

async function closeServer(server: http.Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A connection kept alive becomes idle when its last request is answered, and would then stay open.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await Promise.race([closed, setTimeout(CLOSE_TIMEOUT, undefined, { ref: false })]);
  server.closeAllConnections();
  await closed;
  clearInterval(sweep);
}
