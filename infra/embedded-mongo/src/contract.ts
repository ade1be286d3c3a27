// Where the contract suite runs: on the embedded server always, and on a real MongoDB too when MONGODB_URI names one.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import mongoose from 'mongoose';
import { startEmbeddedMongo } from './index.ts';

export type Db = mongoose.mongo.Db;

/** A place for the suite: a connection string, and how to leave it. */
interface Target {
  readonly uri: string;
  readonly leave: () => Promise<void>;
}

const dbName = `vcallpe_contract_${randomUUID().slice(0, 8)}`;

async function startOwn(): Promise<Target> {
  const dir = mkdtempSync(join(tmpdir(), 'em-'));
  const mongo = await startEmbeddedMongo({ dir });
  const leave = async (): Promise<void> => {
    await mongo.close();
    rmSync(dir, { recursive: true });
  };
  return { uri: mongo.uri(dbName), leave };
}

const real = process.env['MONGODB_URI'];
const targets: [name: string, start: () => Promise<Target>][] = [['the embedded server', startOwn]];
if (real) targets.push(['MONGODB_URI', async () => ({ uri: real, leave: async () => undefined })]);

/** Defines a part of the contract on every target, each time in a database of its own that is dropped at the end. */
export function contract(title: string, define: (db: () => Db, uri: () => string) => void): void {
  describe.each(targets)(`${title}, on %s`, (_, start) => {
    let target: Target;
    let client: mongoose.mongo.MongoClient;
    beforeAll(async () => {
      target = await start();
      client = await new mongoose.mongo.MongoClient(target.uri).connect();
    });
    afterAll(async () => {
      await client.db(dbName).dropDatabase();
      await client.close();
      await target.leave();
    });
    define(
      () => client.db(dbName),
      () => target.uri,
    );
  });
}

/** Waits until a condition holds; a test's own timeout is the limit. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((next) => setTimeout(next, 50));
}
