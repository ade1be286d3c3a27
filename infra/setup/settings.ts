// The only reader of process.env in set-up: every variable, its default, and what a wrong value is told.
// infra/README.md has the same list as a table.
import { isIP } from 'node:net';
import { availableParallelism, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ROOT } from './paths.ts';
import { SetupError } from './progress.ts';

const LAST_PORT = 65_535;
const SECRET_CHARACTERS = 32;

/** Never repeated in a message. */
const SECRETS = ['ACCESS_TOKEN_SECRET', 'ROOM_TOKEN_SECRET', 'TURN_SECRET', 'TURN_SERVERS'] as const;

function wholeNumber(least: number, most: number) {
  const words = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d+$/, words)
    .transform(Number)
    .refine((value) => value >= least && value <= most, words);
}

const port = wholeNumber(1, LAST_PORT);
const secret = z.string().min(SECRET_CHARACTERS, `must have at least ${SECRET_CHARACTERS} characters`);
const hostOrAddress = z.string().regex(/^[\w.:-]+$/, 'must be a host name or an IP address');

/** A list, separated by commas. */
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );

/** An origin as browsers send it: scheme, host and port, with no path. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.parse(text)?.origin === text;
}

const schema = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('development'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  HOST: hostOrAddress.optional(),
  PORT: port.default(3000),
  SFU_PORT: port.default(3001),
  RTC_PORT: port.default(40_000),
  WORKERS: wholeNumber(1, 256).default(() => availableParallelism()),
  DATA_DIR: z.string().default('.data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  SFU_URL: z.string().refine(isOrigin, 'must be an address such as https://sfu.example.com:3001').optional(),
  ALLOWED_ORIGINS: list.refine(
    (origins) => origins.every(isOrigin),
    'must be origins such as https://meet.example.com, separated by commas',
  ),
  LAN_ADDRESS: z.ipv4('must be an IPv4 address of this machine').optional(),
  MEDIA_ANNOUNCED_ADDRESS: hostOrAddress.optional(),
  MEDIA_LISTEN: list.refine(
    (entries) => entries.every((entry) => isIP(entry.split('=')[0] ?? '') !== 0),
    'must be IP addresses, each alone or as address=announced, separated by commas',
  ),
  ACCESS_TOKEN_SECRET: secret.optional(),
  ROOM_TOKEN_SECRET: secret.optional(),
  TURN: z.literal('local', 'must be local, or unset').optional(),
  TURN_PORT: port.default(3478),
  TURN_TLS_PORT: port.default(5349),
  TURN_CERT: z.string().optional(),
  TURN_KEY: z.string().optional(),
  // It stands in a line of coturn's configuration.
  TURN_SECRET: secret.regex(/^[\w+/.~-]+=*$/, 'may have letters, digits and _ + / . ~ - only').optional(),
  TURN_SERVERS: z.string().optional(),
  MEDIASOUP_WORKER_BIN: z.string().optional(),
  CHROMIUM_BIN: z.string().optional(),
  XDG_CACHE_HOME: z.string().optional(),
  SETUP_STARTED_AT: z.string().transform(Number).optional(),
});

type Variables = z.infer<typeof schema>;

export interface Settings {
  nodeEnv: Variables['NODE_ENV'];
  logLevel: Variables['LOG_LEVEL'];
  /** Serve over TLS, to the network: `--https`. */
  https: boolean;
  /** The address that both servers listen on. */
  host: string;
  port: number;
  sfuPort: number;
  /** The first worker's port, UDP and TCP; worker i has rtcPort + i. */
  rtcPort: number;
  workers: number;
  /** Absolute. */
  dataDir: string;
  mongodbUri: string | undefined;
  sfuUrl: string | undefined;
  /** Origins of the client beyond those of this machine, for a deployment behind a domain name. */
  allowedOrigins: string[];
  lanAddress: string | undefined;
  mediaAnnouncedAddress: string | undefined;
  /** Each `address` or `address=announced`; empty where the set-up decides. */
  mediaListen: string[];
  accessTokenSecret: string | undefined;
  roomTokenSecret: string | undefined;
  /** With TURN=local: the relay's ports, and a certificate other than that of `--https`. */
  turn: { port: number; tlsPort: number; tls: { cert: string; key: string } | undefined } | undefined;
  turnSecret: string | undefined;
  /** Relays that run elsewhere, as the API reads them: with their secrets. */
  turnServers: string | undefined;
  workerBin: string | undefined;
  chromiumBin: string | undefined;
  /** Absolute, outside the repository: what a second checkout on the same machine can use as well. */
  cacheDir: string;
  /** When the command began, in ms since 1970; the bootstrap says so, in SETUP_STARTED_AT. */
  startedAt: number;
  /** What the children inherit: our environment without the secrets, which each gets only if it needs them. */
  childEnv: NodeJS.ProcessEnv;
}

function problem(environment: NodeJS.ProcessEnv, issue: z.core.$ZodIssue): SetupError {
  const name = String(issue.path[0]);
  const value = SECRETS.some((secretName) => secretName === name)
    ? ''
    : ` is ${JSON.stringify(environment[name])} and`;
  return new SetupError(
    `${name}${value} ${issue.message}.`,
    `Set ${name} to a value that fits, or unset it.`,
  );
}

/** TCP ports that are not the workers', by the variable that sets each. */
function serverPorts({ PORT, SFU_PORT, TURN, TURN_PORT, TURN_TLS_PORT }: Variables): [string, number][] {
  return Object.entries({ PORT, SFU_PORT, ...(TURN && { TURN_PORT, TURN_TLS_PORT }) });
}

function refuseClashes(variables: Variables): void {
  const { RTC_PORT, WORKERS } = variables;
  const lastRtcPort = RTC_PORT + WORKERS - 1;
  if (lastRtcPort > LAST_PORT) {
    throw new SetupError(
      `RTC_PORT is ${RTC_PORT}, and ${WORKERS} workers from there on go past port ${LAST_PORT}.`,
      'Set RTC_PORT to a lower number, or WORKERS to fewer.',
    );
  }
  const ports = serverPorts(variables);
  for (const [at, [name, value]] of ports.entries()) {
    const [other] = ports.slice(at + 1).find(([, port]) => port === value) ?? [];
    if (other !== undefined) {
      throw new SetupError(`${name} and ${other} are both ${value}.`, 'Set one of them to another port.');
    }
    if (value < RTC_PORT || value > lastRtcPort) continue;
    throw new SetupError(
      `${name} is ${value}, which is one of the workers' ports (RTC_PORT: ${RTC_PORT} to ${lastRtcPort}).`,
      `Set ${name} or RTC_PORT to another port.`,
    );
  }
}

/** What TURN=local needs, undefined without it. */
function turnSettings(variables: Variables): Settings['turn'] {
  const { TURN, TURN_PORT, TURN_TLS_PORT, TURN_CERT, TURN_KEY, TURN_SERVERS } = variables;
  if (TURN === undefined) return undefined;
  if (TURN_SERVERS !== undefined) {
    throw new SetupError(
      'TURN=local starts a relay here, and TURN_SERVERS names others.',
      'Unset one of them. To use both, run coturn by itself and name it in TURN_SERVERS: docs/turn.md.',
    );
  }
  if ((TURN_CERT === undefined) !== (TURN_KEY === undefined)) {
    throw new SetupError('Only one of TURN_CERT and TURN_KEY is set.', 'Set both or neither.');
  }
  const tls = TURN_CERT && TURN_KEY ? { cert: resolve(TURN_CERT), key: resolve(TURN_KEY) } : undefined;
  return { port: TURN_PORT, tlsPort: TURN_TLS_PORT, tls };
}

/**
 * Reads and checks the whole environment.
 * @throws SetupError naming the first variable with a value that does not fit.
 */
export function readSettings(environment: NodeJS.ProcessEnv, { https = false } = {}): Settings {
  // PORT= in a shell or a compose file means "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw issue ? problem(environment, issue) : parsed.error;
  }
  const variables = parsed.data;
  refuseClashes(variables);
  const childEnv = { ...environment };
  for (const name of SECRETS) delete childEnv[name];
  return {
    nodeEnv: variables.NODE_ENV,
    logLevel: variables.LOG_LEVEL,
    https,
    host: variables.HOST ?? (https ? '0.0.0.0' : '127.0.0.1'),
    port: variables.PORT,
    sfuPort: variables.SFU_PORT,
    rtcPort: variables.RTC_PORT,
    workers: variables.WORKERS,
    dataDir: resolve(ROOT, variables.DATA_DIR),
    mongodbUri: variables.MONGODB_URI,
    sfuUrl: variables.SFU_URL,
    allowedOrigins: variables.ALLOWED_ORIGINS,
    lanAddress: variables.LAN_ADDRESS,
    mediaAnnouncedAddress: variables.MEDIA_ANNOUNCED_ADDRESS,
    mediaListen: variables.MEDIA_LISTEN,
    accessTokenSecret: variables.ACCESS_TOKEN_SECRET,
    roomTokenSecret: variables.ROOM_TOKEN_SECRET,
    turn: turnSettings(variables),
    turnSecret: variables.TURN_SECRET,
    turnServers: variables.TURN_SERVERS,
    workerBin: variables.MEDIASOUP_WORKER_BIN,
    chromiumBin: variables.CHROMIUM_BIN,
    cacheDir: join(variables.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'vcallpe'),
    startedAt: variables.SETUP_STARTED_AT ?? performance.timeOrigin,
    childEnv,
  };
}
