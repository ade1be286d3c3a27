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
}

const OWNER_ONLY = 0o600;

const fileSchema = z.object({
  ACCESS_TOKEN_SECRET: z.string().min(32).optional(),
  ROOM_TOKEN_SECRET: z.string().min(32).optional(),
});

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

/**
 * The secrets of this installation. Those that the environment does not give are read from `DATA_DIR/secrets.json`,
 * and made and written there (mode 0600) the first time.
 * @throws SetupError in production, where each must be given.
 */
export async function prepareSecrets(settings: Settings): Promise<Secrets> {
  const { accessTokenSecret, roomTokenSecret } = settings;
  if (accessTokenSecret !== undefined && roomTokenSecret !== undefined)
    return { accessTokenSecret, roomTokenSecret };

  if (settings.nodeEnv === 'production') {
    const missing = accessTokenSecret === undefined ? 'ACCESS_TOKEN_SECRET' : 'ROOM_TOKEN_SECRET';
    throw new SetupError(
      `${missing} is not set, and with NODE_ENV=production it must be.`,
      `Set it to a random text of at least 32 characters, for example from: openssl rand -base64 48`,
    );
  }

  const file = join(settings.dataDir, 'secrets.json');
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const kept = await readSecretsFile(file);
  if (kept.ACCESS_TOKEN_SECRET === undefined || kept.ROOM_TOKEN_SECRET === undefined) {
    kept.ACCESS_TOKEN_SECRET ??= newSecret();
    kept.ROOM_TOKEN_SECRET ??= newSecret();
    await writeFile(`${file}.part`, `${JSON.stringify(kept, null, 2)}\n`, { mode: OWNER_ONLY, flush: true });
    await rename(`${file}.part`, file);
  }
  // A file copied from elsewhere may have come with wider permissions.
  await chmod(file, OWNER_ONLY);
  return {
    accessTokenSecret: accessTokenSecret ?? kept.ACCESS_TOKEN_SECRET,
    roomTokenSecret: roomTokenSecret ?? kept.ROOM_TOKEN_SECRET,
  };
}
