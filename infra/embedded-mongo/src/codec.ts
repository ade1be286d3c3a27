// Documents in and out of bytes, and what may not pass.
import { deserialize, serialize, type Document as BsonDocument } from 'bson';
import { MongoError, notServed } from './errors.ts';
import { isDoc, typeName, type Doc } from './values.ts';

/** The largest document MongoDB stores, in bytes. Source: MongoDB limits, "BSON Document Size". */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** The deepest nesting MongoDB accepts. Source: MongoDB limits, "Nested Depth for BSON Documents". */
const MAX_DEPTH = 100;

/**
 * Refuses what cannot be kept or compared exactly: Decimal128, integers beyond 2^53, code, DBRef, MinKey, and nesting
 * deeper than MongoDB's own limit. Everything a client sends passes here, so nothing inexact gets in.
 * @throws MongoError naming the type.
 */
export function assertServable(value: unknown, depth = 0): void {
  if (depth > MAX_DEPTH)
    throw new MongoError(15, `BSONObj exceeds maximum nested object depth: ${MAX_DEPTH}`);
  if (Array.isArray(value)) {
    for (const element of value) assertServable(element, depth + 1);
  } else if (isDoc(value)) {
    if (Object.hasOwn(value, '_bsontype')) throw notServed("a field named '_bsontype'");
    for (const field of Object.values(value)) assertServable(field, depth + 1);
  } else if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw notServed('a date beyond the range of a JavaScript Date');
  } else if (typeof value === 'object' && value !== null) {
    const type = typeName(value);
    if (type === 'Long') throw notServed('an integer beyond 2^53');
    if (!['ObjectId', 'Binary', 'Timestamp', 'BSONRegExp'].includes(type)) {
      throw notServed(`a value of type ${type}`);
    }
  }
}

/** Decodes BSON bytes. Regular expressions stay BSON ones, because a JavaScript one cannot hold their flags. */
export function decode(bytes: Uint8Array): Doc {
  return deserialize(bytes, {
    promoteBuffers: false,
    bsonRegExp: true,
    allowObjectSmallerThanBufferSize: false,
  });
}

/** Encodes a document for the wire or for storage. Fields without a value are left out. */
export function encode(doc: Doc): Buffer {
  const bytes = serialize(doc as BsonDocument, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Encodes a document that is to be stored.
 * @throws MongoError 10334 when it is larger than 16 MiB, and what assertServable throws.
 */
export function encodeStored(doc: Doc): Buffer {
  assertServable(doc);
  const bytes = encode(doc);
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    throw new MongoError(
      10334,
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${MAX_DOCUMENT_BYTES}`,
    );
  }
  return bytes;
}
