/** The only reader of process.env in this server. A bad value stops the start with a message that names it. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isIP } from 'node:net';
import { LIMITS, WORKERS_MAX } from '@vcallpe/shared';
import { z } from 'zod';
import type { WorkerBudget } from './media/worker-budget.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const csv = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .default([]);

/** `ip` or `ip=announced`: where media is received, and the address or host name that clients are told. */
const listenAddress = z.string().transform((text, ctx) => {
  const [ip = '', announcedAddress] = text.split('=', 2);
  if (!isIP(ip)) {
    ctx.addIssue({ code: 'custom', message: `"${text}" is not an IP address or ip=announcedAddress` });
    return z.NEVER;
  }
  return announcedAddress ? { ip, announcedAddress } : { ip };
});

const Env = z.object({
  HOST: z.string().default('127.0.0.1'),
  SFU_PORT: port.default(3001),
  MONGODB_URI: z.string().min(1, 'is needed: the address of the database'),
  ROOM_TOKEN_SECRET: z.string().min(32, 'needs at least 32 characters, the same as the API has'),
  RTC_PORT: port.default(40_000),
  WORKERS: z.coerce.number().int().min(1).max(WORKERS_MAX).default(availableParallelism()),
  WORKER_BUDGET_CONSUMERS: z.coerce.number().int().min(1).default(500),
  WORKER_BUDGET_CPU: z.coerce.number().min(0.05).max(1).default(0.5),
  AUDIBLE_SPEAKERS: z.coerce.number().int().min(1).max(25).default(5),
  MAX_TILES: z.coerce.number().int().min(1).max(LIMITS.tilesPerView).default(25),
  HIDDEN_TILE_LINGER_MS: z.coerce.number().int().min(0).max(600_000).default(15_000),
  RATE_LIMIT_SCALE: z.coerce.number().positive().default(1),
  MEDIA_LISTEN: csv.pipe(z.array(listenAddress)),
  ALLOWED_ORIGINS: csv,
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  INITIAL_OUTGOING_BITRATE: z.coerce.number().int().min(100_000).default(2_000_000),
  MAX_INCOMING_BITRATE: z.coerce.number().int().min(100_000).default(6_000_000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
});

export interface ListenAddress {
  ip: string;
  announcedAddress?: string;
}

export interface SfuConfig {
  host: string;
  /** TCP port of signaling; 0 takes a free one. */
  port: number;
  mongodbUri: string;
  roomTokenSecret: string;
  /** Worker i receives media on UDP and TCP port rtcPort + i; 0 lets mediasoup choose. */
  rtcPort: number;
  workers: number;
  /** What a worker carries before a room spreads to another one. */
  workerBudget: WorkerBudget;
  /** K: how many others each participant hears at most. */
  audibleSpeakers: number;
  /** How many tiles a client may show at a time. */
  maxTiles: number;
  /** How long a consumer is kept, paused, after its tile was hidden, ms. */
  hiddenTileLingerMs: number;
  /** Multiplies how often one person may write, react or vote. The API has one of the same name. */
  rateLimitScale: number;
  mediaListen: ListenAddress[];
  /** Origins of pages that may connect. Empty: pages from the same host name, on any port. */
  allowedOrigins: string[];
  tls?: { cert: Buffer; key: Buffer };
  /** Bearer token for /metrics. Without one only this machine may read them. */
  metricsToken?: string;
  /** bps that a receive transport assumes before its first bandwidth estimate. */
  initialOutgoingBitrate: number;
  /** bps that one participant may send. */
  maxIncomingBitrate: number;
  logLevel: string;
  /** Parse outputs and events too, so that a wrong answer fails where it is made. On in tests. */
  checkOutputs: boolean;
}

/** @throws {Error} with one line for each variable that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv): SfuConfig {
  // An empty variable is how shells and compose files spell "not set".
  const parsed = Env.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const e = parsed.data;
  if (!e.TLS_CERT !== !e.TLS_KEY) throw new Error('TLS_CERT and TLS_KEY: set both or neither');
  return {
    host: e.HOST,
    port: e.SFU_PORT,
    mongodbUri: e.MONGODB_URI,
    roomTokenSecret: e.ROOM_TOKEN_SECRET,
    rtcPort: e.RTC_PORT,
    workers: e.WORKERS,
    workerBudget: { consumers: e.WORKER_BUDGET_CONSUMERS, cpu: e.WORKER_BUDGET_CPU },
    audibleSpeakers: e.AUDIBLE_SPEAKERS,
    maxTiles: e.MAX_TILES,
    hiddenTileLingerMs: e.HIDDEN_TILE_LINGER_MS,
    rateLimitScale: e.RATE_LIMIT_SCALE,
    mediaListen: e.MEDIA_LISTEN.length > 0 ? e.MEDIA_LISTEN : [{ ip: '127.0.0.1' }],
    allowedOrigins: e.ALLOWED_ORIGINS,
    tls:
      e.TLS_CERT && e.TLS_KEY ? { cert: readFileSync(e.TLS_CERT), key: readFileSync(e.TLS_KEY) } : undefined,
    metricsToken: e.METRICS_TOKEN,
    initialOutgoingBitrate: e.INITIAL_OUTGOING_BITRATE,
    maxIncomingBitrate: e.MAX_INCOMING_BITRATE,
    logLevel: e.LOG_LEVEL,
    checkOutputs: e.NODE_ENV === 'test',
  };
}
