/** The deployment as its own machine sees it: settings, database, worker, limits, certificate, client. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROTOCOL_VERSION } from '@vcallpe/shared';
import { socketPathOf } from '../../embedded-mongo/src/index.ts';
import { acceptsConnections } from '../../setup/readiness.ts';
import { judgeCertificate } from '../certificate.ts';
import { findProtocolVersion, judgeClientVersion } from '../client-build.ts';
import { doubtful, examine, reasonOf, wrong, type Tell } from '../finding.ts';
import { checkAddresses } from './addresses.ts';
import { checkDatabase } from './database.ts';
import { checkMachine } from './machine.ts';
import { readServerSettings, type ServerSettings } from './settings.ts';
import { checkWorker } from './worker.ts';

/**
 * Tells what it finds; starts and changes nothing, except that secrets are made where there are none, as `npm start` does.
 *
 * @returns the settings, when they can be read
 */
export async function checkServer(
  environment: NodeJS.ProcessEnv,
  https: boolean,
  tell: Tell,
): Promise<ServerSettings | undefined> {
  const read = await readServerSettings(environment, https, tell);
  if (!read) return undefined;
  const { settings, api, sfu } = read;
  await examine('Machine', tell, () => checkMachine(sfu, tell));
  await examine('mediasoup worker', tell, () => checkWorker(settings, tell));
  await examine('Database', tell, () => databaseOf(read, tell));
  await examine('Media addresses', tell, () => checkAddresses(sfu.mediaListen, publicHosts(read), tell));
  await examine('TLS certificate', tell, () => certificateOf(read, tell));
  await examine('Client', tell, async () => {
    if (api.clientDist !== undefined) await clientIn(api.clientDist, tell);
  });
  return read;
}

async function databaseOf({ settings, api }: ServerSettings, tell: Tell): Promise<void> {
  const embedded = settings.mongodbUri === undefined;
  if (embedded && !(await acceptsConnections(socketPathOf(settings.dataDir)))) {
    const says = `The embedded database in ${settings.dataDir} is not running; it runs only while VCallPe does.`;
    tell(
      doubtful(
        'Database',
        says,
        'Run the doctor while VCallPe runs, or set MONGODB_URI or DATA_DIR as there.',
      ),
    );
    return;
  }
  await checkDatabase(api.mongodbUri, tell);
}

/** Hosts under which browsers find the service, as far as it is told: all but those of this machine. */
function publicHosts({ settings }: ServerSettings): string[] {
  const origins = [...settings.allowedOrigins, ...(settings.sfuUrl === undefined ? [] : [settings.sfuUrl])];
  return [...new Set(origins.map((origin) => new URL(origin).hostname.replace(/^\[|\]$/g, '')))];
}

async function certificateOf(read: ServerSettings, tell: Tell): Promise<void> {
  const { tls } = read.api;
  if (!tls) return;
  try {
    const certificate = new X509Certificate(await readFile(tls.certFile));
    const matchesKey = certificate.checkPrivateKey(createPrivateKey(await readFile(tls.keyFile)));
    const facts = {
      certificate,
      hosts: publicHosts(read),
      from: tls.certFile,
      nowMs: Date.now(),
      matchesKey,
    };
    for (const finding of judgeCertificate(facts)) tell(finding);
  } catch (error) {
    const says = `TLS_CERT (${tls.certFile}) or TLS_KEY (${tls.keyFile}) can’t be read: ${reasonOf(error)}.`;
    tell(wrong('TLS certificate', says, 'Set both to PEM files that this user may read.'));
  }
}

async function clientIn(folder: string, tell: Tell): Promise<void> {
  const version = await findProtocolVersion((path) =>
    readFile(join(folder, path), 'utf8').catch(() => undefined),
  );
  tell(judgeClientVersion(version, PROTOCOL_VERSION, folder));
}
