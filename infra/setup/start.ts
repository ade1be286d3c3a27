// `npm start`: prepares what the product needs, starts it, prints the address to open, and keeps it running.
import { parseArgs } from 'node:util';
import { prepareClient } from './client.ts';
import { startDatabase } from './database.ts';
import { takeDataDirectory } from './data-directory.ts';
import { lineWriter } from './log-lines.ts';
import { clientOrigins, lanAddress } from './network.ts';
import { assertPortsFree, portUses } from './ports.ts';
import type { Product } from './product.ts';
import { apiService, sfuService, turnService } from './product.ts';
import { formatSeconds, printFailure, SetupError } from './progress.ts';
import { prepareSecrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import { readSettings } from './settings.ts';
import { supervise } from './supervisor.ts';
import { prepareTls } from './tls.ts';
import { prepareTurn } from './turn.ts';
import { prepareWorker } from './worker.ts';

const HELP = `npm start [-- --https]

  --https   serve over TLS with a self-signed certificate, also to the local network, so that a phone can join
  --help    show this

Ports and everything else are environment variables: see infra/README.md.`;

function readFlags(args: string[]): { https: boolean; help: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: { https: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    });
    return values;
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error), 'See: npm start -- --help');
  }
}

function announce(settings: Settings): void {
  const [first, ...others] = clientOrigins(settings);
  const lines = [
    `\n  VCallPe is ready after ${formatSeconds(Date.now() - settings.startedAt)}. Open ${first}`,
  ];
  const lan = lanAddress(settings);
  const onNetwork = lan === undefined ? undefined : others.find((origin) => origin.includes(lan));
  if (onNetwork !== undefined) lines.push(`  From another device on the network: ${onNetwork}`);
  if (settings.https) {
    lines.push(
      '  The certificate is self-signed: accept it there, and where a browser keeps that for one port only, also at',
      `  ${new URL(`https://${lan ?? 'localhost'}:${settings.sfuPort}`).origin}/healthz, which is the media server.`,
    );
  }
  lines.push('  Ctrl-C stops it.\n');
  console.log(lines.join('\n'));
}

async function main(): Promise<void> {
  const { https, help } = readFlags(process.argv.slice(2));
  if (help) {
    console.log(HELP);
    return;
  }
  const settings = readSettings(process.env, { https });
  await supervise(lineWriter(settings, process.stdout), async (supervisor) => {
    await takeDataDirectory(settings);
    await assertPortsFree(portUses(settings));
    const secrets = await prepareSecrets(settings);
    const tls = settings.https ? await prepareTls(settings) : undefined;
    const turn = await prepareTurn(settings, secrets.turnSecret, tls);
    const workerBin = await prepareWorker(settings);
    const clientDist = await prepareClient(settings);

    const mongodbUri = await startDatabase(supervisor, settings);
    const product: Product = { settings, secrets, mongodbUri, workerBin, clientDist, tls, turn };
    await Promise.all([
      supervisor.start(sfuService(product)),
      supervisor.start(apiService(product)),
      turn && supervisor.start(turnService(settings, turn)),
    ]);
    announce(settings);
  });
}

await main().catch((error: unknown) => {
  printFailure(error);
  process.exitCode = 1;
});
