// Index definitions: what createIndexes accepts, and which keys a document has in an index.
import { MongoError, badValue, notServed } from './errors.ts';
import { compileFilter, type Test } from './filter.ts';
import { elementValues, valuesAt } from './paths.ts';
import { EMPTY_ARRAY_KEY, encodeKey, isDoc, sameValue, type Doc } from './values.ts';

/** An index as listIndexes shows it, with what is derived from it. */
export interface IndexDef {
  readonly name: string;
  readonly key: Record<string, number>;
  readonly fields: readonly string[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly expireAfterSeconds: number | undefined;
  readonly partialFilterExpression: Doc | undefined;
  readonly covers: Test;
}

const OPTIONS = new Set([
  'v',
  'key',
  'name',
  'background',
  'unique',
  'sparse',
  'expireAfterSeconds',
  'partialFilterExpression',
]);
/** The largest `expireAfterSeconds` MongoDB takes. */
const MAX_EXPIRE_SECONDS = 2_147_483_647;

function parseKey(key: unknown): Record<string, number> {
  if (!isDoc(key) || Object.keys(key).length === 0) throw new MongoError(67, 'Index keys cannot be empty.');
  return Object.fromEntries(
    Object.entries(key).map(([field, direction]) => {
      if (typeof direction === 'string') throw notServed(`an index of type '${direction}'`);
      if (direction !== 1 && direction !== -1)
        throw new MongoError(67, 'Values in the index key pattern must be 1 or -1');
      if (field.includes('$')) throw notServed('a wildcard index');
      return [field, direction];
    }),
  );
}

/**
 * Reads one entry of createIndexes.
 * @throws MongoError for options that are not served.
 */
export function parseIndex(spec: unknown): IndexDef {
  if (!isDoc(spec)) throw badValue('an index must be a document');
  for (const option of Object.keys(spec)) {
    if (!OPTIONS.has(option)) throw notServed(`the index option '${option}'`);
  }
  const key = parseKey(spec['key']);
  const fields = Object.keys(key);
  const expire = spec['expireAfterSeconds'];
  if (expire !== undefined) {
    if (typeof expire !== 'number' || expire < 0 || expire > MAX_EXPIRE_SECONDS) {
      throw new MongoError(67, 'TTL index expireAfterSeconds must be between 0 and 2147483647');
    }
    if (fields.length > 1)
      throw new MongoError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
    if (fields[0] === '_id')
      throw new MongoError(67, 'The field "expireAfterSeconds" is not valid for an _id index');
  }
  const partial = spec['partialFilterExpression'];
  if (partial !== undefined && !isDoc(partial))
    throw new MongoError(67, 'partialFilterExpression must be a document');
  if (partial && spec['sparse'])
    throw new MongoError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  const sparse = spec['sparse'] === true;
  const defaultName = Object.entries(key)
    .map(([field, direction]) => `${field}_${direction}`)
    .join('_');
  const inPartial = partial ? compileFilter(partial) : () => true;
  const present: Test = (doc) =>
    fields.some((field) => valuesAt(doc, field).some((value) => value !== undefined));
  return {
    name: typeof spec['name'] === 'string' ? spec['name'] : defaultName,
    key,
    fields,
    unique: spec['unique'] === true,
    sparse,
    expireAfterSeconds: expire,
    partialFilterExpression: partial,
    covers: sparse ? present : inPartial,
  };
}

/** The index as listIndexes shows it. */
export function describeIndex(index: IndexDef): Doc {
  return {
    v: 2,
    key: index.key,
    name: index.name,
    ...(index.unique && { unique: true }),
    ...(index.sparse && { sparse: true }),
    ...(index.expireAfterSeconds !== undefined && { expireAfterSeconds: index.expireAfterSeconds }),
    ...(index.partialFilterExpression && { partialFilterExpression: index.partialFilterExpression }),
  };
}

/** Do two definitions describe the same index, name included? */
export function sameIndex(a: IndexDef, b: IndexDef): boolean {
  return sameValue(describeIndex(a), describeIndex(b));
}

/** The encoded keys of one field: one per array element, as in MongoDB's multikey indexes. */
function fieldKeys(doc: Doc, field: string): Buffer[] {
  const values = elementValues(doc, field);
  if (values.length === 0) return [valuesAt(doc, field).length > 0 ? EMPTY_ARRAY_KEY : encodeKey(null)];
  const keys = values.map((value) => encodeKey(value));
  return [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()];
}

/**
 * The keys under which a document stands in an index; none when a sparse or partial index leaves it out.
 * @throws MongoError 171 when two fields of a compound index are arrays.
 */
export function indexKeys(index: IndexDef, doc: Doc): Buffer[] {
  if (!index.covers(doc)) return [];
  let keys: Buffer[] = [Buffer.alloc(0)];
  let multiplied = false;
  for (const field of index.fields) {
    const next = fieldKeys(doc, field);
    if (next.length > 1 && multiplied)
      throw new MongoError(171, `cannot index parallel arrays, at '${field}'`);
    multiplied ||= next.length > 1;
    keys = keys.flatMap((prefix) => next.map((key) => Buffer.concat([prefix, key])));
  }
  return keys;
}

/** The error mongod gives for a unique index, naming the index and the value. */
export function duplicateKey(
  namespace: string,
  name: string,
  keyPattern: Record<string, number>,
  doc: Doc,
): MongoError {
  const keyValue = Object.fromEntries(
    Object.keys(keyPattern).map((field) => [
      field,
      valuesAt(doc, field).find((value) => value !== undefined) ?? null,
    ]),
  );
  const shown = Object.entries(keyValue).map(([field, value]) => `${field}: ${JSON.stringify(value)}`);
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${name} dup key: { ${shown.join(', ')} }`,
    { keyPattern, keyValue },
  );
}
