/** Starts a real API on a real (embedded) database for a test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo, type EmbeddedMongo } from '@vcallpe/embedded-mongo';
import { connectDatabase, type Database } from '@vcallpe/shared/db';
import { createApiServer, loadConfig } from '../server.ts';
import { ApiClient } from './api-client.ts';

export const ACCESS_TOKEN_SECRET = 'access-token-secret-of-the-tests-only';
export const ROOM_TOKEN_SECRET = 'room-token-secret-of-the-tests-only!!';

export type Env = Record<string, string>;

/** Settings under which tests run: quick hashes, and no rate limit in the way unless a test wants one. */
export function testEnv(mongodbUri: string, overrides: Env = {}): Env {
  return {
    NODE_ENV: 'test',
    PORT: '0',
    MONGODB_URI: mongodbUri,
    ACCESS_TOKEN_SECRET,
    ROOM_TOKEN_SECRET,
    BCRYPT_COST: '4',
    LOG_LEVEL: 'silent',
    RATE_LIMIT_SCALE: '1000',
    ...overrides,
  };
}

/** A database that can go away and come back. */
export class TestDatabase {
  readonly #dir: string;
  #mongo: EmbeddedMongo;

  private constructor(dir: string, mongo: EmbeddedMongo) {
    this.#dir = dir;
    this.#mongo = mongo;
  }

  static async start(): Promise<TestDatabase> {
    const dir = await mkdtemp(join(tmpdir(), 'vcallpe-api-'));
    return new TestDatabase(dir, await startEmbeddedMongo({ dir }));
  }

  get uri(): string {
    return this.#mongo.uri('vcallpe');
  }

  async stop(): Promise<void> {
    await this.#mongo.close();
  }

  async comeBack(): Promise<void> {
    this.#mongo = await startEmbeddedMongo({ dir: this.#dir });
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#dir, { recursive: true });
  }
}

export interface TestApi extends ApiClient {
  /** A connection of the test's own, to look at what is stored and to age it. */
  database: Database;
  mongo: TestDatabase;
  close(): Promise<void>;
}

export async function startTestApi(overrides: Env = {}): Promise<TestApi> {
  const mongo = await TestDatabase.start();
  try {
    const server = await createApiServer(loadConfig(testEnv(mongo.uri, overrides)));
    const database = await connectDatabase(mongo.uri);
    return Object.assign(new ApiClient(server.url), {
      database,
      mongo,
      close: async () => {
        await server.close();
        await database.close();
        await mongo.remove();
      },
    });
  } catch (error) {
    await mongo.remove();
    throw error;
  }
}
