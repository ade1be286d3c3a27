/** A deployment in one process, on loopback, whose settings a test can plant mistakes in. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createApiServer, loadConfig } from '@vcallpe/api-server';
import { startEmbeddedMongo } from '@vcallpe/embedded-mongo';
import { PROTOCOL_VERSION } from '@vcallpe/shared';
import { startSfuNode } from '@vcallpe/sfu-server';
import { readConfig } from '@vcallpe/sfu-server/config';
import type { Finding } from '../finding.ts';
import { checkFromOutside } from '../outside/check.ts';

const SECRETS = {
  ACCESS_TOKEN_SECRET: 'another secret only for tests, 32 characters',
  ROOM_TOKEN_SECRET: 'only for tests, thirty-two characters',
};

export interface Deployment {
  url: string;
  mongodbUri: string;
  /** What a client finds there. */
  examine(url?: string): Promise<Finding[]>;
  close(): Promise<void>;
}

export interface Plant {
  api?: NodeJS.ProcessEnv;
  sfu?: NodeJS.ProcessEnv;
  /** Protocol version of the client that is served. */
  clientVersion?: number;
}

export async function startDeployment({ api, sfu, clientVersion }: Plant = {}): Promise<Deployment> {
  const dir = await mkdtemp(join(tmpdir(), 'vcallpe-doctor-'));
  const mongo = await startEmbeddedMongo({ dir });
  const mongodbUri = mongo.uri('vcallpe');
  const common = { ...SECRETS, NODE_ENV: 'test', MONGODB_URI: mongodbUri, LOG_LEVEL: 'silent' };
  const sfuServer = await startSfuNode(
    readConfig({ ...common, SFU_PORT: '0', RTC_PORT: '0', WORKERS: '1', ...sfu }),
    pino({ level: 'silent' }),
  );
  const apiServer = await createApiServer(
    loadConfig({
      ...common,
      PORT: '0',
      SFU_PORT: new URL(sfuServer.url).port,
      BCRYPT_COST: '4',
      RATE_LIMIT_SCALE: '100',
      CLIENT_DIST: await writeClient(join(dir, 'client'), clientVersion ?? PROTOCOL_VERSION),
      ...api,
    }),
  );
  return {
    url: apiServer.url,
    mongodbUri,
    async examine(url = apiServer.url) {
      const findings: Finding[] = [];
      await checkFromOutside({ url, signal: new AbortController().signal }, (finding) =>
        findings.push(finding),
      );
      return findings;
    },
    async close() {
      await sfuServer.close();
      await apiServer.close();
      await mongo.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** As much of a build as tells its protocol: a page, an entry, and a part that is loaded later. */
export async function writeClient(folder: string, version: number): Promise<string> {
  await mkdir(join(folder, 'assets'), { recursive: true });
  const page =
    '<!doctype html><title>VCallPe</title><script type="module" src="/assets/index-a1.js"></script>';
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(
    join(folder, 'assets', 'index-a1.js'),
    'const m=["assets/room-page-b2.js"];import("./"+m[0])',
  );
  await writeFile(
    join(folder, 'assets', 'room-page-b2.js'),
    `x({auth:{token:n,protocolVersion:${version}}})`,
  );
  return folder;
}
