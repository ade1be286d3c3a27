// What a command is, and the checks that all of them share.
import type { Collection } from '../collection.ts';
import type { Cursors } from '../cursors.ts';
import { MongoError, notServed } from '../errors.ts';
import type { Storage } from '../storage.ts';
import { isDoc, type Doc } from '../values.ts';

export interface CommandContext {
  readonly storage: Storage;
  readonly cursors: Cursors;
  readonly db: string;
  readonly name: string;
  readonly body: Doc;
}

export interface Command {
  /** The options it takes, beside those that every command takes; 'any' for those where options mean nothing. */
  readonly options: readonly string[] | 'any';
  /** Whether it changes data, and so runs in a transaction. */
  readonly writes: boolean;
  readonly run: (context: CommandContext) => Doc;
}

/**
 * Options that every command takes. `maxTimeMS` is among them because a command here either runs at once or not at
 * all, `$readPreference` because there is one server, and `comment` because it means nothing to the result.
 */
const COMMON = new Set([
  ...[
    '$db',
    'lsid',
    '$clusterTime',
    '$readPreference',
    'readConcern',
    'writeConcern',
    'comment',
    'maxTimeMS',
  ],
  ...['apiVersion', 'apiStrict', 'apiDeprecationErrors'],
]);
const READ_LEVELS = new Set<unknown>([undefined, 'local', 'available', 'majority']);

/**
 * Refuses what would change a command's meaning and is not served, and transactions as a standalone mongod does.
 * @throws MongoError
 */
export function checkOptions({ name, body }: CommandContext, options: Command['options']): void {
  if (['txnNumber', 'autocommit', 'startTransaction'].some((option) => option in body)) {
    throw new MongoError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  if (options !== 'any') {
    for (const option of Object.keys(body).slice(1)) {
      if (!COMMON.has(option) && !options.includes(option))
        throw notServed(`the option '${option}' of ${name}`);
    }
  }
  const { readConcern, writeConcern } = body;
  if (isDoc(readConcern) && !READ_LEVELS.has(readConcern['level'])) {
    throw notServed(`the read concern '${String(readConcern['level'])}'`);
  }
  if (isDoc(writeConcern) && typeof writeConcern['w'] === 'number' && writeConcern['w'] > 1) {
    throw new MongoError(2, "cannot use 'w' > 1 when a host is not replicated");
  }
}

/** Did the client ask for its write to be on disk before the answer? */
export function wantsJournal({ writeConcern }: Doc): boolean {
  return isDoc(writeConcern) && (writeConcern['j'] === true || writeConcern['fsync'] === true);
}

/**
 * The name of the collection that a command is about: the value of its first field.
 * @throws MongoError 73 when it is no name.
 */
export function collectionName({ name, body }: CommandContext): string {
  const target = body[name];
  if (typeof target !== 'string' || target === '')
    throw new MongoError(73, `collection name has invalid type for ${name}`);
  return target;
}

/** The collection that a command is about, if it exists. */
export function existing(context: CommandContext): Collection | undefined {
  return context.storage.collection(context.db, collectionName(context));
}

/** A list that a command needs. */
export function listOption({ name, body }: CommandContext, option: string): unknown[] {
  const value = body[option];
  if (!Array.isArray(value)) throw new MongoError(14, `BSON field '${name}.${option}' must be an array`);
  return value as unknown[];
}

/** A count that may be left out. */
export function countOption({ name, body }: CommandContext, option: string): number {
  const value = body[option] ?? 0;
  if (!Number.isSafeInteger(value) || Number(value) < 0) {
    throw new MongoError(2, `BSON field '${name}.${option}' must be a whole number, not negative`);
  }
  return Number(value);
}
