/** The settings as the two servers get them from `npm start`, read by their own readers. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, loadConfig, type ApiConfig } from '@vcallpe/api-server';
import { readConfig, type SfuConfig } from '@vcallpe/sfu-server/config';
import { socketPathOf, uriOf } from '../../embedded-mongo/src/index.ts';
import { inRepository } from '../../setup/paths.ts';
import { apiService, sfuService, type Product } from '../../setup/product.ts';
import { SetupError } from '../../setup/progress.ts';
import { prepareSecrets } from '../../setup/secrets.ts';
import { readSettings, type Settings } from '../../setup/settings.ts';
import { good, reasonOf, wrong, type Tell } from '../finding.ts';

const CHECK = 'Settings';

export interface ServerSettings {
  settings: Settings;
  api: ApiConfig;
  sfu: SfuConfig;
}

/** Tells each setting that is wrong; undefined when there is one, because nothing else can be read then. */
export async function readServerSettings(
  environment: NodeJS.ProcessEnv,
  https: boolean,
  tell: Tell,
): Promise<ServerSettings | undefined> {
  let product: Product;
  try {
    const settings = readSettings(environment, { https });
    product = {
      settings,
      secrets: await prepareSecrets(settings),
      mongodbUri: settings.mongodbUri ?? uriOf(socketPathOf(settings.dataDir), 'vcallpe'),
      workerBin: settings.workerBin ?? '',
      clientDist: await clientDist(environment),
      tls: https ? ownCertificate(settings) : undefined,
    };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    tell(wrong(CHECK, error.message, error.remedy));
    return undefined;
  }
  const problems = new Set<string>();
  const api = attempt(problems, () => loadConfig(apiService(product).env));
  const sfu = attempt(problems, () => readConfig(sfuService(product).env));
  for (const problem of problems) {
    const [, name, what = problem] = /^([A-Z_]+): (.*)$/.exec(problem) ?? [];
    tell(
      name === undefined
        ? wrong(CHECK, `The settings can’t be read: ${what}.`, 'Correct that setting.')
        : wrong(CHECK, `${name} ${what}.`, `Set ${name} to a value that fits.`),
    );
  }
  if (!api || !sfu) return undefined;
  tell(good(CHECK, 'All settings fit, and the secrets differ.'));
  return { settings: product.settings, api, sfu };
}

/** As `npm start` has it, unless the API is told of another. */
async function clientDist({ CLIENT_DIST }: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (CLIENT_DIST) return CLIENT_DIST;
  const built = inRepository('client', 'dist');
  return access(join(built, 'index.html')).then(
    () => built,
    () => undefined,
  );
}

/** Where `npm start -- --https` keeps its certificate. */
function ownCertificate({ dataDir }: Settings) {
  return { cert: join(dataDir, 'tls', 'cert.pem'), key: join(dataDir, 'tls', 'key.pem') };
}

/** Adds what is wrong, a line for each setting; both servers may say the same. */
function attempt<T>(problems: Set<string>, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const text = error instanceof ConfigError ? error.message : reasonOf(error);
    for (const line of text.split('\n')) problems.add(line);
    return undefined;
  }
}
