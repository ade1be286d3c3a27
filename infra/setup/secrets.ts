// The two secrets that sign tokens: given by the environment, or for a local run made once and kept in DATA_DIR.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from './errno.ts';
import { SetupError } from './progress.ts';
import type { Settings } from './settings.ts';

export interface Secrets {
  /** Signs the access tokens of accounts; only the API has it. */
  accessTokenSecret: string;
  /** Signs room tokens; the API issues them and the SFU verifies them. */
  roomTokenSecret: string;
  /** With TURN=local: the API makes credentials from it that our turnserver takes. */
  turnSecret: string | undefined;
}

const OWNER_ONLY = 0o600;

const fileSchema = z.object({
  ACCESS_TOKEN_SECRET: z.string().min(32).optional(),
  ROOM_TOKEN_SECRET: z.string().min(32).optional(),
  TURN_SECRET: z.string().min(32).optional(),
});

type Name = keyof typeof fileSchema.shape;

function newSecret(): string {
  return randomBytes(48).toString('base64url');
}

async function readSecretsFile(file: string): Promise<z.infer<typeof fileSchema>> {
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return {};
    throw error;
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new SetupError(
      `${file} does not hold the secrets that set-up wrote there.`,
      'Repair it from a backup, or delete it: everybody then has to sign in again.',
      { cause: error },
    );
  }
}

/** The secret as it is kept in `DATA_DIR/secrets.json`, made and written there (mode 0600) the first time. */
async function keptSecret({ nodeEnv, dataDir }: Settings, name: Name): Promise<string> {
  if (nodeEnv === 'production') {
    throw new SetupError(
      `${name} is not set, and with NODE_ENV=production it must be.`,
      `Set it to a random text of at least 32 characters, for example from: openssl rand -base64 48`,
    );
  }
  const file = join(dataDir, 'secrets.json');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const kept = await readSecretsFile(file);
  const secret = kept[name] ?? newSecret();
  if (kept[name] === undefined) {
    const text = JSON.stringify({ ...kept, [name]: secret }, null, 2);
    await writeFile(`${file}.part`, `${text}\n`, { mode: OWNER_ONLY, flush: true });
    await rename(`${file}.part`, file);
  }
  // A file copied from elsewhere may have come with wider permissions.
  await chmod(file, OWNER_ONLY);
  return secret;
}

/**
 * The secrets of this installation. Those that the environment does not give are kept in DATA_DIR.
 * @throws SetupError in production, where each must be given.
 */
export async function prepareSecrets(settings: Settings): Promise<Secrets> {
  const secret = async (name: Name, given: string | undefined): Promise<string> =>
    given ?? keptSecret(settings, name);
  return {
    accessTokenSecret: await secret('ACCESS_TOKEN_SECRET', settings.accessTokenSecret),
    roomTokenSecret: await secret('ROOM_TOKEN_SECRET', settings.roomTokenSecret),
    turnSecret: settings.turn && (await secret('TURN_SECRET', settings.turnSecret)),
  };
}
