// Collections, indexes and databases: creating, listing and dropping them.
import { MongoError, badValue, notServed } from '../errors.ts';
import { compileFilter } from '../filter.ts';
import { describeIndex, parseIndex } from '../indexes.ts';
import { encodeKey, isDoc, sameValue, type Doc } from '../values.ts';
import { collectionName, existing, listOption, type Command } from './command.ts';

const ID_INDEX: Doc = { v: 2, key: { _id: 1 }, name: '_id_' };

const create: Command['run'] = (context) => {
  const name = collectionName(context);
  if (context.body['capped'] === true) throw notServed('a capped collection');
  if (existing(context)) throw new MongoError(48, `Collection ${context.db}.${name} already exists.`);
  context.storage.ensureCollection(context.db, name);
  return {};
};

const drop: Command['run'] = (context) => {
  const collection = existing(context);
  if (!collection) return {};
  const nIndexesWas = collection.indexes.length + 1;
  context.storage.dropCollection(collection);
  return { nIndexesWas, ns: collection.namespace };
};

const dropDatabase: Command['run'] = ({ storage, db }) => {
  const dropped = storage.collections().filter((collection) => collection.db === db);
  dropped.forEach((collection) => storage.dropCollection(collection));
  return dropped.length > 0 ? { dropped: db } : {};
};

const listCollections: Command['run'] = ({ storage, cursors, db, body }) => {
  const { filter = {}, nameOnly, cursor } = body;
  const all: Doc[] = storage
    .collections()
    .filter((collection) => collection.db === db)
    .map(({ name }) => ({
      name,
      type: 'collection',
      options: {},
      info: { readOnly: false },
      idIndex: ID_INDEX,
    }));
  const found = all.filter(compileFilter(filter));
  const shown = nameOnly === true ? found.map(({ name, type }) => ({ name, type })) : found;
  return cursors.first(
    `${db}.$cmd.listCollections`,
    shown,
    isDoc(cursor) ? { batchSize: cursor['batchSize'] } : {},
  );
};

const listDatabases: Command['run'] = ({ storage, body }) => {
  const { filter = {}, nameOnly } = body;
  const names = [...new Set(storage.collections().map(({ db }) => db))].sort();
  // Sizes are not kept per database, since all of them share one file.
  const databases = names
    .map((name): Doc => ({ name, sizeOnDisk: 0, empty: false }))
    .filter(compileFilter(filter));
  if (nameOnly === true) return { databases: databases.map(({ name }) => ({ name })) };
  return { databases, totalSize: 0 };
};

const createIndexes: Command['run'] = (context) => {
  const isNew = !existing(context);
  const specs = listOption(context, 'indexes');
  if (specs.length === 0) throw badValue('Must specify at least one index to create');
  const collection = context.storage.ensureCollection(context.db, collectionName(context));
  const numIndexesBefore = collection.indexes.length + 1;
  for (const spec of specs) {
    const isIdIndex = isDoc(spec) && encodeKey(spec['key']).equals(encodeKey({ _id: 1 }));
    if (!isIdIndex) collection.createIndex(parseIndex(spec));
  }
  return {
    numIndexesBefore,
    numIndexesAfter: collection.indexes.length + 1,
    createdCollectionAutomatically: isNew,
  };
};

const listIndexes: Command['run'] = (context) => {
  const collection = existing(context);
  if (!collection) throw new MongoError(26, `ns does not exist: ${context.db}.${collectionName(context)}`);
  const { cursor } = context.body;
  return context.cursors.first(
    collection.namespace,
    [ID_INDEX, ...collection.indexes.map(describeIndex)],
    isDoc(cursor) ? { batchSize: cursor['batchSize'] } : {},
  );
};

const dropIndexes: Command['run'] = (context) => {
  const collection = existing(context);
  if (!collection) throw new MongoError(26, 'ns not found');
  const nIndexesWas = collection.indexes.length + 1;
  const { index: wanted } = context.body;
  if (wanted === '*') collection.indexes.forEach((index) => collection.dropIndex(index));
  for (const one of Array.isArray(wanted) ? (wanted as unknown[]) : wanted === '*' ? [] : [wanted]) {
    if (one === '_id_' || sameValue(one, { _id: 1 })) throw new MongoError(72, 'cannot drop _id index');
    const index = collection.indexes.find(({ name, key }) =>
      isDoc(one) ? sameValue(key, one) : name === one,
    );
    if (!index) throw new MongoError(27, `index not found with name [${String(one)}]`);
    collection.dropIndex(index);
  }
  return { nIndexesWas };
};

export const adminCommands: Readonly<Record<string, Command>> = {
  // `size` and `max` mean something only to a capped collection.
  create: { options: ['capped', 'size', 'max'], writes: true, run: create },
  drop: { options: [], writes: true, run: drop },
  dropDatabase: { options: [], writes: true, run: dropDatabase },
  listCollections: {
    options: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
    writes: false,
    run: listCollections,
  },
  listDatabases: {
    options: ['filter', 'nameOnly', 'authorizedDatabases'],
    writes: false,
    run: listDatabases,
  },
  createIndexes: { options: ['indexes', 'commitQuorum'], writes: true, run: createIndexes },
  listIndexes: { options: ['cursor'], writes: false, run: listIndexes },
  dropIndexes: { options: ['index'], writes: true, run: dropIndexes },
};
