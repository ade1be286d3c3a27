/** The only reader of `process.env`. README.md shows the same variables as a table. */
import { IceServer } from '@vcallpe/shared';
import { z } from 'zod';
import { TurnServers, type TurnServer } from './turn/turn-servers.ts';

/** A setting is missing or wrong. The message has a line for each, beginning with the variable's name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Parses text, or reports `expected` as what is wrong with it. */
function parsed<T>(parse: (text: string) => T | undefined, expected: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

/** The origin of an address that is nothing but an origin: `https://meet.example.org`. */
function parseOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  const bare = url && url.pathname === '/' && !url.search && !url.hash && !url.username;
  return bare && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

function parseOrigins(text: string): string[] | undefined {
  const origins = text.split(',').map((part) => parseOrigin(part.trim()));
  return origins.every((origin) => origin !== undefined) ? origins : undefined;
}

function parseIceServers(text: string): IceServer[] | undefined {
  try {
    return z.array(IceServer).parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const port = z.coerce.number().int().min(0).max(65_535);
const secret = z.string('is required: at least 32 random characters').min(32, 'needs at least 32 characters');

/** Seconds. A credential that leaks must not be good for long, and one must not expire while a browser still gathers. */
const [TURN_TTL_MIN, TURN_TTL_MAX] = [300, 24 * 3600];
const TURN_TTL_WORDS = `must be whole seconds from ${TURN_TTL_MIN} to ${TURN_TTL_MAX}, which is one day`;
const HEADER_NAME = /^[a-z0-9-]+$/;

const Environment = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    PORT: port.default(3000),
    HOST: z.string().default('127.0.0.1'),
    MONGODB_URI: z
      .string('is required, such as mongodb://127.0.0.1/vcallpe')
      .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://'),
    ACCESS_TOKEN_SECRET: secret,
    ROOM_TOKEN_SECRET: secret,
    SFU_URL: parsed(parseOrigin, 'must be an address such as https://sfu.example.org:3001').optional(),
    SFU_PORT: port.min(1).default(3001),
    SFU_INTERNAL_URL: parsed(parseOrigin, 'must be an address such as http://127.0.0.1:3001').optional(),
    ICE_SERVERS: parsed(parseIceServers, 'must be a JSON array of RTCIceServer').default([]),
    TURN_SERVERS: TurnServers.default([]),
    TURN_TTL_SECONDS: z.coerce
      .number(TURN_TTL_WORDS)
      .int(TURN_TTL_WORDS)
      .min(1, TURN_TTL_WORDS)
      .max(TURN_TTL_MAX, TURN_TTL_WORDS)
      .default(12 * 3600),
    REGION_HEADER: z
      .string()
      .toLowerCase()
      .regex(HEADER_NAME, 'must be the name of a request header such as x-region')
      .optional(),
    ALLOWED_ORIGINS: parsed(
      parseOrigins,
      'must be origins such as https://meet.example.org, separated by commas',
    ).default([]),
    TLS_CERT: z.string().optional(),
    TLS_KEY: z.string().optional(),
    CLIENT_DIST: z.string().optional(),
    TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    // Above 15 one sign-in would take seconds.
    BCRYPT_COST: z.coerce.number().int().min(4).max(15).default(12),
    RATE_LIMIT_SCALE: z.coerce.number().positive().default(1),
  })
  .superRefine((env, context) => {
    const refuse = (variable: keyof typeof env, message: string) =>
      context.addIssue({ code: 'custom', path: [variable], message });

    if (env.BCRYPT_COST < 12 && env.NODE_ENV !== 'test') refuse('BCRYPT_COST', 'must be 12 or more');
    if (env.TURN_TTL_SECONDS < TURN_TTL_MIN && env.NODE_ENV !== 'test') {
      refuse('TURN_TTL_SECONDS', TURN_TTL_WORDS);
    }
    if (env.TLS_CERT && !env.TLS_KEY) refuse('TLS_KEY', 'is required when TLS_CERT is set');
    if (env.TLS_KEY && !env.TLS_CERT) refuse('TLS_CERT', 'is required when TLS_KEY is set');
    // Every SFU knows the room secret. Were it the same, each could sign accounts in.
    if (env.ACCESS_TOKEN_SECRET === env.ROOM_TOKEN_SECRET) {
      refuse('ROOM_TOKEN_SECRET', 'must differ from ACCESS_TOKEN_SECRET');
    }
  });

/** Everything the API needs to be told, checked. */
export interface ApiConfig {
  nodeEnv: 'development' | 'test' | 'production';
  /** 0 picks a free port. */
  port: number;
  host: string;
  mongodbUri: string;
  accessTokenSecret: string;
  roomTokenSecret: string;
  /** Origin of the SFU. Unset, it is the host of each request, at `sfuPort`. */
  sfuUrl: string | undefined;
  sfuPort: number;
  /** Origin of the SFU as this process reaches it, for what admins ask. */
  sfuInternalUrl: string;
  iceServers: IceServer[];
  /** Relays that each grant gets credentials for. They hold secrets. */
  turnServers: TurnServer[];
  /** How long those credentials are good, s. */
  turnTtlSeconds: number;
  /** In which a proxy in front tells the region of whoever joins; lower case. */
  regionHeader: string | undefined;
  /** Foreign origins whose pages may call the API. */
  allowedOrigins: string[];
  /** Paths of PEM files. */
  tls: { certFile: string; keyFile: string } | undefined;
  /** Folder of the built client. Unset, only the API is served. */
  clientDist: string | undefined;
  /** How many reverse proxies stand in front and set X-Forwarded-*. */
  trustProxy: number;
  logLevel: z.infer<typeof Environment>['LOG_LEVEL'];
  bcryptCost: number;
  /** Multiplies every rate limit. */
  rateLimitScale: number;
}

/** @throws ConfigError naming every variable that is missing or wrong. */
export function loadConfig(environment: Record<string, string | undefined> = process.env): ApiConfig {
  // An empty variable is how shells and compose files spell "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = Environment.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(lines.join('\n'));
  }
  const env = result.data;
  return {
    nodeEnv: env.NODE_ENV,
    port: env.PORT,
    host: env.HOST,
    mongodbUri: env.MONGODB_URI,
    accessTokenSecret: env.ACCESS_TOKEN_SECRET,
    roomTokenSecret: env.ROOM_TOKEN_SECRET,
    sfuUrl: env.SFU_URL,
    sfuPort: env.SFU_PORT,
    sfuInternalUrl:
      env.SFU_INTERNAL_URL ?? env.SFU_URL ?? `${env.TLS_CERT ? 'https' : 'http'}://127.0.0.1:${env.SFU_PORT}`,
    iceServers: env.ICE_SERVERS,
    turnServers: env.TURN_SERVERS,
    turnTtlSeconds: env.TURN_TTL_SECONDS,
    regionHeader: env.REGION_HEADER,
    allowedOrigins: env.ALLOWED_ORIGINS,
    tls: env.TLS_CERT && env.TLS_KEY ? { certFile: env.TLS_CERT, keyFile: env.TLS_KEY } : undefined,
    clientDist: env.CLIENT_DIST,
    trustProxy: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL,
    bcryptCost: env.BCRYPT_COST,
    rateLimitScale: env.RATE_LIMIT_SCALE,
  };
}
