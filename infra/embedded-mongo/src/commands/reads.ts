// find, count, distinct, aggregate and the cursors they leave open.
import type { Lookup } from '../pipeline.ts';
import { compilePipeline } from '../pipeline.ts';
import { MongoError, badValue, notServed } from '../errors.ts';
import { compileFilter } from '../filter.ts';
import { elementValues } from '../paths.ts';
import { compileProjection } from '../projection.ts';
import { sortDocs } from '../sort.ts';
import { isDoc, valueToken, type Doc } from '../values.ts';
import {
  collectionName,
  countOption,
  existing,
  listOption,
  type Command,
  type CommandContext,
} from './command.ts';

function namespaceOf(context: CommandContext): string {
  return `${context.db}.${collectionName(context)}`;
}

/** The matching documents between `skip` and `limit`; a limit of 0 is none. Without a sort, reading stops there. */
function matching(
  context: CommandContext,
  filter: unknown,
  sort: unknown,
  skip: number,
  limit: number,
): Doc[] {
  const collection = existing(context);
  const end = limit === 0 ? Infinity : skip + limit;
  // An unserved filter is an error even where there is nothing to find.
  if (!collection) compileFilter(filter);
  if (!collection) return [];
  if (sort !== undefined && (!isDoc(sort) || Object.keys(sort).length > 0)) {
    const rows = [...collection.find(filter)];
    return sortDocs(rows, (row) => row.doc, sort)
      .slice(skip, end)
      .map(({ doc }) => doc);
  }
  const docs: Doc[] = [];
  let seen = 0;
  for (const { doc } of collection.find(filter)) {
    seen += 1;
    if (seen > skip) docs.push(doc);
    if (seen >= end) break;
  }
  return docs;
}

const find: Command['run'] = (context) => {
  const { filter = {}, sort, projection, batchSize, singleBatch } = context.body;
  const limit = countOption(context, 'limit');
  const docs = matching(context, filter, sort, countOption(context, 'skip'), limit);
  const hasShape = isDoc(projection) && Object.keys(projection).length > 0;
  const shaped = hasShape ? docs.map(compileProjection(projection, { isFind: true })) : docs;
  return context.cursors.first(namespaceOf(context), shaped, { batchSize, singleBatch });
};

const count: Command['run'] = (context) => {
  const { query = {} } = context.body;
  const skip = countOption(context, 'skip');
  const limit = countOption(context, 'limit');
  if (isDoc(query) && Object.keys(query).length === 0 && skip === 0 && limit === 0) {
    return { n: existing(context)?.count() ?? 0 };
  }
  return { n: matching(context, query, undefined, skip, limit).length };
};

const distinct: Command['run'] = (context) => {
  const { key, query = {} } = context.body;
  if (typeof key !== 'string' || key === '') throw badValue('distinct needs a key');
  const values = new Map<string, unknown>();
  for (const doc of matching(context, query, undefined, 0, 0)) {
    // An array counts as its elements, as in MongoDB.
    for (const value of elementValues(doc, key))
      if (value !== undefined) values.set(valueToken(value), value);
  }
  return { values: [...values.values()] };
};

const aggregate: Command['run'] = (context) => {
  const { storage, db, body, name } = context;
  if (!isDoc(body['cursor'])) throw new MongoError(9, "The 'cursor' option is required");
  const stages = listOption(context, 'pipeline');
  const lookup: Lookup = (from, filter) =>
    [...(storage.collection(db, from)?.find(filter) ?? [])].map(({ doc }) => doc);
  const run = compilePipeline(stages, { lookup, variables: {} });
  if (body[name] === 1) throw notServed('an aggregation over a database');
  // A leading $match is left in the pipeline, and also chooses what is read at all.
  const [head] = stages;
  const filter = isDoc(head) && '$match' in head ? head['$match'] : {};
  const docs = matching(context, filter, undefined, 0, 0);
  return context.cursors.first(namespaceOf(context), run(docs), { batchSize: body['cursor']['batchSize'] });
};

const getMore: Command['run'] = ({ cursors, db, body }) =>
  cursors.next(`${db}.${String(body['collection'])}`, body['getMore'], body['batchSize']);

const killCursors: Command['run'] = (context) => {
  const ids = listOption(context, 'cursors').map(Number);
  const killed = ids.filter((id) => context.cursors.kill(namespaceOf(context), id));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
};

const FIND_OPTIONS = [
  'filter',
  'sort',
  'projection',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'allowDiskUse',
];

export const readCommands: Readonly<Record<string, Command>> = {
  find: { options: FIND_OPTIONS, writes: false, run: find },
  count: { options: ['query', 'skip', 'limit', 'fields'], writes: false, run: count },
  distinct: { options: ['key', 'query'], writes: false, run: distinct },
  aggregate: { options: ['pipeline', 'cursor', 'allowDiskUse'], writes: false, run: aggregate },
  getMore: { options: ['collection', 'batchSize'], writes: false, run: getMore },
  killCursors: { options: ['cursors'], writes: false, run: killCursors },
};
