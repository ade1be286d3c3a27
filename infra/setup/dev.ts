// `npm run dev`: the product with hot reload. Vite has PORT and passes /api and the health checks on to the API, which
// listens on PORT + 100; the servers restart when their sources change.
import { takeDataDirectory } from './data-directory.ts';
import { startDatabase } from './database.ts';
import { lineWriter } from './log-lines.ts';
import { clientOrigins } from './network.ts';
import { inRepository, viteProgram } from './paths.ts';
import { assertPortsFree, portUses } from './ports.ts';
import type { Product } from './product.ts';
import { apiService, END_WITH_SUPERVISOR, sfuService, turnService } from './product.ts';
import { formatSeconds, printFailure } from './progress.ts';
import { answersOk } from './readiness.ts';
import { prepareSecrets } from './secrets.ts';
import type { ServiceSpec } from './service.ts';
import type { Settings } from './settings.ts';
import { readSettings } from './settings.ts';
import { supervise } from './supervisor.ts';
import { prepareTurn } from './turn.ts';
import { restartOnChange } from './watch.ts';
import { prepareWorker } from './worker.ts';

const API_PORT_OFFSET = 100;

/** client/vite.config.ts listens on DEV_PORT of this machine and passes /api on to DEV_API_ORIGIN. */
function viteService(settings: Settings, apiPort: number): ServiceSpec {
  return {
    name: 'vite',
    args: [...END_WITH_SUPERVISOR, viteProgram()],
    cwd: inRepository('client'),
    env: {
      ...settings.childEnv,
      DEV_PORT: String(settings.port),
      DEV_API_ORIGIN: `http://127.0.0.1:${apiPort}`,
    },
    isReady: () => answersOk(`http://127.0.0.1:${settings.port}/`),
  };
}

async function main(): Promise<void> {
  // Vite's server is for this machine only, and so is everything behind it.
  const settings: Settings = { ...readSettings(process.env), host: '127.0.0.1' };
  const apiPort = settings.port + API_PORT_OFFSET;
  await supervise(lineWriter(settings, process.stdout), async (supervisor) => {
    await takeDataDirectory(settings);
    await assertPortsFree([
      ...portUses(settings),
      { variable: 'PORT', protocol: 'TCP', address: settings.host, port: apiPort },
    ]);
    const secrets = await prepareSecrets(settings);
    const turn = await prepareTurn(settings, secrets.turnSecret);
    const workerBin = await prepareWorker(settings);

    const mongodbUri = await startDatabase(supervisor, settings);
    const product: Product = { settings, secrets, mongodbUri, workerBin, turn };
    const [sfu, api] = await Promise.all([
      supervisor.start(sfuService(product)),
      supervisor.start(apiService(product, apiPort)),
      supervisor.start(viteService(settings, apiPort)),
      turn && supervisor.start(turnService(settings, turn)),
    ]);
    const shared = inRepository('shared', 'src');
    restartOnChange(sfu, [shared, inRepository('sfu-server', 'src')]);
    restartOnChange(api, [shared, inRepository('api-server', 'src')]);
    console.log(
      `\n  VCallPe with hot reload is ready after ${formatSeconds(Date.now() - settings.startedAt)}. Open ${clientOrigins(settings)[0]}\n  Ctrl-C stops it.\n`,
    );
  });
}

await main().catch((error: unknown) => {
  printFailure(error);
  process.exitCode = 1;
});
