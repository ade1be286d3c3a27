import { pino, type Logger } from 'pino';

export type { Logger };

/**
 * The root logger. Context is bound once with `.child()` and handed down by constructor: node → room → peer.
 *
 * error: somebody has to act · warn: something failed and was handled · info: life of workers, rooms and
 * peers · debug: each request, transport, producer and consumer.
 */
export function createLogger(level: string): Logger {
  return pino({
    name: 'sfu-server',
    level,
    redact: {
      paths: ['token', '*.token', 'secret', '*.secret', '*.password', '*.iceParameters', '*.dtlsParameters'],
      censor: '[redacted]',
    },
  });
}
