/** The root logger. Secrets are kept out where they arise; the redaction here is the second lock. */
import { pino, type DestinationStream, type Logger } from 'pino';
import type { ApiConfig } from './config.ts';

export type { Logger } from 'pino';

const SECRETS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'password',
  'currentPassword',
  'newPassword',
  'passwordHash',
  'accessToken',
  'refreshToken',
  'roomToken',
  'tokenHash',
  'rotationKey',
  'turnServers',
  'iceServers',
  'credential',
  'secret',
];

/** pino's wildcards match one level each: these reach a secret up to two objects deep. */
const REDACTED = SECRETS.flatMap((name) =>
  ['', '*', '*.*'].map((depth) => (name.startsWith('[') || depth === '' ? depth + name : `${depth}.${name}`)),
);

/** JSON lines, to stdout unless a test passes a stream. */
export function createLogger(level: ApiConfig['logLevel'], destination?: DestinationStream): Logger {
  const options = { level, name: 'api', redact: { paths: REDACTED, censor: '[redacted]' } };
  return destination ? pino(options, destination) : pino(options);
}
