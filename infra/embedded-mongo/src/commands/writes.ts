// insert, update, delete and findAndModify.
import { ObjectId } from 'bson';
import type { Collection, Row } from '../collection.ts';
import { MongoError, notServed, toMongoError } from '../errors.ts';
import { compileProjection } from '../projection.ts';
import { sortDocs } from '../sort.ts';
import { isDoc, type Doc } from '../values.ts';
import { parseUpdate, type Update } from '../update.ts';
import { seedFromFilter } from '../upsert.ts';
import { collectionName, existing, listOption, type Command, type CommandContext } from './command.ts';

/** The most writes in one command; mongod's own number, announced in hello. */
export const MAX_WRITE_BATCH = 100_000;

function assertFieldNames(doc: Doc): void {
  for (const [name, value] of Object.entries(doc)) {
    if (name.startsWith('$'))
      throw new MongoError(52, `The dollar ($) prefixed field '${name}' is not allowed in stored documents`);
    for (const inner of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isDoc(inner)) assertFieldNames(inner);
  }
}

/** A document fit to be stored: with an _id, in first place. */
function prepareInsert(doc: unknown): Doc {
  if (!isDoc(doc)) throw new MongoError(14, 'a document to insert must be a document');
  assertFieldNames(doc);
  const { _id = new ObjectId(), ...fields } = doc;
  const isDocument = typeof _id === 'object' && _id !== null;
  if (Array.isArray(_id) || (isDocument && '_bsontype' in _id && _id._bsontype === 'BSONRegExp')) {
    throw new MongoError(53, "The '_id' value cannot be an array or a regular expression");
  }
  return { _id, ...fields };
}

/** Runs the writes of a batch one by one; a failed one is reported, and ends the batch when it is ordered. */
function runBatch(
  context: CommandContext,
  option: string,
  write: (item: unknown, index: number) => void,
): Doc {
  const items = listOption(context, option);
  if (items.length === 0 || items.length > MAX_WRITE_BATCH) {
    throw new MongoError(
      21,
      `Write batch sizes must be between 1 and ${MAX_WRITE_BATCH}. Got ${items.length} operations.`,
    );
  }
  const isOrdered = context.body['ordered'] !== false;
  const writeErrors: Doc[] = [];
  for (const [index, item] of items.entries()) {
    try {
      context.storage.savepoint(() => write(item, index));
    } catch (thrown) {
      const error = toMongoError(thrown);
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.extra });
      if (isOrdered) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}

function assertOnly(command: string, item: unknown, names: readonly string[]): Doc {
  if (!isDoc(item)) throw new MongoError(14, `each entry of ${command} must be a document`);
  const unknown = Object.keys(item).find((name) => !names.includes(name));
  if (unknown !== undefined) throw notServed(`the option '${unknown}' of ${command}`);
  return item;
}

const insert: Command['run'] = (context) => {
  const collection = context.storage.ensureCollection(context.db, collectionName(context));
  let n = 0;
  const errors = runBatch(context, 'documents', (doc) => {
    collection.insert(prepareInsert(doc));
    n += 1;
  });
  return { n, ...errors };
};

/** Inserts what an upsert that found nothing asks for, and returns it. */
function insertUpserted(context: CommandContext, filter: unknown, update: Update): Doc {
  const collection = context.storage.ensureCollection(context.db, collectionName(context));
  const seed = seedFromFilter(filter);
  const doc = prepareInsert(
    update.apply(update.isReplacement ? ('_id' in seed ? { _id: seed['_id'] } : {}) : seed, true),
  );
  collection.insert(doc);
  return doc;
}

function replaceRow(collection: Collection, row: Row, update: Update): { doc: Doc; changed: boolean } {
  const doc = update.apply(row.doc);
  assertFieldNames(doc);
  return { doc, changed: collection.replace(row, doc) };
}

/** The first matching row in the order of `sort`. */
function findOne(collection: Collection | undefined, filter: unknown, sort: unknown): Row | undefined {
  if (!collection) return undefined;
  if (isDoc(sort) && Object.keys(sort).length > 0) {
    return sortDocs([...collection.find(filter)], (row) => row.doc, sort)[0];
  }
  for (const row of collection.find(filter)) return row;
  return undefined;
}

const update: Command['run'] = (context) => {
  let n = 0;
  let nModified = 0;
  const upserted: Doc[] = [];
  const errors = runBatch(context, 'updates', (item, index) => {
    const { q, u, multi, upsert, arrayFilters, sort } = assertOnly('update', item, [
      'q',
      'u',
      'multi',
      'upsert',
      'arrayFilters',
      'sort',
    ]);
    const change = parseUpdate({ update: u, filter: isDoc(q) ? q : {}, arrayFilters });
    if (multi === true && change.isReplacement)
      throw new MongoError(9, 'multi update is not supported for replacement-style update');
    const collection = existing(context);
    const one = multi === true ? undefined : findOne(collection, q, sort);
    const rows = multi === true ? [...(collection?.find(q) ?? [])] : one ? [one] : [];
    let modified = 0;
    for (const row of rows) if (collection && replaceRow(collection, row, change).changed) modified += 1;
    if (rows.length === 0 && upsert === true) {
      upserted.push({ index, _id: insertUpserted(context, q, change)['_id'] });
      n += 1;
    }
    n += rows.length;
    nModified += modified;
  });
  return { n, nModified, ...(upserted.length > 0 && { upserted }), ...errors };
};

const remove: Command['run'] = (context) => {
  let n = 0;
  const errors = runBatch(context, 'deletes', (item) => {
    const { q, limit } = assertOnly('delete', item, ['q', 'limit']);
    const collection = existing(context);
    const one = limit === 1 ? findOne(collection, q, undefined) : undefined;
    const rows = limit === 1 ? (one ? [one] : []) : [...(collection?.find(q) ?? [])];
    for (const row of rows) collection?.remove(row);
    n += rows.length;
  });
  return { n, ...errors };
};

const findAndModify: Command['run'] = (context) => {
  const {
    query = {},
    sort,
    remove: removes,
    update: change,
    new: wantsNew,
    upsert,
    fields,
    arrayFilters,
  } = context.body;
  if ((removes === true) === (change !== undefined))
    throw new MongoError(9, 'Either an update or remove=true must be specified');
  if (removes === true && (upsert === true || wantsNew === true)) {
    throw new MongoError(9, 'Cannot specify both upsert/new and remove=true');
  }
  const shape = fields === undefined ? (doc: Doc) => doc : compileProjection(fields, { isFind: true });
  const parsed =
    removes === true
      ? undefined
      : parseUpdate({ update: change, filter: isDoc(query) ? query : {}, arrayFilters });
  const collection = existing(context);
  const row = findOne(collection, query, sort);
  if (!row || !collection) {
    if (upsert !== true || !parsed)
      return { lastErrorObject: { n: 0, ...(parsed && { updatedExisting: false }) }, value: null };
    const doc = insertUpserted(context, query, parsed);
    return {
      lastErrorObject: { n: 1, updatedExisting: false, upserted: doc['_id'] },
      value: wantsNew === true ? shape(doc) : null,
    };
  }
  if (!parsed) {
    collection.remove(row);
    return { lastErrorObject: { n: 1 }, value: shape(row.doc) };
  }
  const { doc } = replaceRow(collection, row, parsed);
  return {
    lastErrorObject: { n: 1, updatedExisting: true },
    value: shape(wantsNew === true ? doc : row.doc),
  };
};

const findAndModifyCommand: Command = {
  options: ['query', 'sort', 'remove', 'update', 'new', 'upsert', 'fields', 'arrayFilters'],
  writes: true,
  run: findAndModify,
};

export const writeCommands: Readonly<Record<string, Command>> = {
  insert: { options: ['documents', 'ordered'], writes: true, run: insert },
  update: { options: ['updates', 'ordered'], writes: true, run: update },
  delete: { options: ['deletes', 'ordered'], writes: true, run: remove },
  findAndModify: findAndModifyCommand,
  findandmodify: findAndModifyCommand,
};
