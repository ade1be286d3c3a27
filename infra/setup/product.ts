// The processes that make up VCallPe and the environment that each gets. Both `npm start` and `npm run dev` run these.
import { clientOrigins, localAddress, mediaListen } from './network.ts';
import { inRepository } from './paths.ts';
import { acceptsConnections, answersOk } from './readiness.ts';
import type { Secrets } from './secrets.ts';
import type { ServiceSpec } from './service.ts';
import type { Settings } from './settings.ts';
import type { TlsFiles } from './tls.ts';
import type { LocalTurn } from './turn.ts';

/** Arguments of Node for a program that does not watch its channel to the supervisor. */
export const END_WITH_SUPERVISOR = ['--import', new URL('./end-with-supervisor.ts', import.meta.url).href];

export interface Product {
  settings: Settings;
  secrets: Secrets;
  mongodbUri: string;
  /** The worker's program. */
  workerBin: string;
  /** The built client; without it the API serves none, because Vite does. */
  clientDist?: string;
  /** With --https. */
  tls?: TlsFiles;
  /** With TURN=local. */
  turn?: LocalTurn;
}

/** What is left out is not set for the child either. */
function environment(
  settings: Settings,
  values: Record<string, string | number | undefined>,
): NodeJS.ProcessEnv {
  const own = Object.entries({ LOG_LEVEL: settings.logLevel, NODE_ENV: settings.nodeEnv, ...values });
  const given = own.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return { ...settings.childEnv, ...Object.fromEntries(given) };
}

/** Where a server of ours is for the others on this machine. */
function localOrigin(settings: Settings, port: number): string {
  return `${settings.https ? 'https' : 'http'}://${localAddress(settings)}:${port}`;
}

/** The embedded database, on a unix socket under DATA_DIR. */
export function databaseService(settings: Settings, socket: string): ServiceSpec {
  return {
    name: 'database',
    args: [
      ...END_WITH_SUPERVISOR,
      inRepository('infra', 'embedded-mongo', 'src', 'main.ts'),
      '--dir',
      settings.dataDir,
    ],
    env: environment(settings, {}),
    isReady: () => acceptsConnections(socket),
  };
}

/** @param port where the API listens: PORT, but in development Vite has that and passes on what is for the API. */
export function apiService(product: Product, port = product.settings.port): ServiceSpec {
  const { settings, secrets, tls } = product;
  return {
    name: 'api-server',
    args: [inRepository('api-server', 'src', 'index.ts')],
    env: environment(settings, {
      PORT: port,
      HOST: settings.host,
      MONGODB_URI: product.mongodbUri,
      ACCESS_TOKEN_SECRET: secrets.accessTokenSecret,
      ROOM_TOKEN_SECRET: secrets.roomTokenSecret,
      SFU_PORT: settings.sfuPort,
      SFU_URL: settings.sfuUrl,
      SFU_INTERNAL_URL: localOrigin(settings, settings.sfuPort),
      // The SFU has the same certificate, which nobody signed.
      NODE_EXTRA_CA_CERTS: tls?.cert,
      TURN_SERVERS: product.turn?.servers ?? settings.turnServers,
      ALLOWED_ORIGINS: clientOrigins(settings).join(','),
      CLIENT_DIST: product.clientDist,
      TLS_CERT: tls?.cert,
      TLS_KEY: tls?.key,
    }),
    isReady: () => answersOk(`${localOrigin(settings, port)}/readyz`),
  };
}

export function sfuService({ settings, secrets, mongodbUri, workerBin, tls }: Product): ServiceSpec {
  return {
    name: 'sfu-server',
    args: [inRepository('sfu-server', 'src', 'index.ts')],
    env: environment(settings, {
      SFU_PORT: settings.sfuPort,
      HOST: settings.host,
      MONGODB_URI: mongodbUri,
      ROOM_TOKEN_SECRET: secrets.roomTokenSecret,
      RTC_PORT: settings.rtcPort,
      WORKERS: settings.workers,
      MEDIA_LISTEN: mediaListen(settings).join(','),
      ALLOWED_ORIGINS: clientOrigins(settings).join(','),
      MEDIASOUP_WORKER_BIN: workerBin,
      TLS_CERT: tls?.cert,
      TLS_KEY: tls?.key,
    }),
    isReady: () => answersOk(`${localOrigin(settings, settings.sfuPort)}/readyz`),
  };
}

/** The relay, for those whom neither UDP nor TCP brings to the SFU. */
export function turnService(settings: Settings, turn: LocalTurn): ServiceSpec {
  return {
    name: 'turnserver',
    args: [
      ...END_WITH_SUPERVISOR,
      inRepository('infra', 'turn', 'run.ts'),
      turn.program,
      '-c',
      turn.configFile,
    ],
    env: environment(settings, {}),
    isReady: () => acceptsConnections(turn),
  };
}
