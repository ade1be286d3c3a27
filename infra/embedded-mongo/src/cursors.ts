// Open cursors: the rest of a result that did not fit into one answer.
import { randomInt } from 'node:crypto';
import { calculateObjectSize, Long } from 'bson';
import { MongoError, badValue } from './errors.ts';
import { MAX_DOCUMENT_BYTES } from './codec.ts';
import type { Doc } from './values.ts';

/** Documents in the first batch when the client names no size; mongod's own number. */
const FIRST_BATCH = 101;
/** A cursor that nobody reads for this long is closed, in ms; mongod's own number. */
const IDLE_MS = 10 * 60_000;
const MAX_CURSORS = 1000;
/** What an array element takes beside its document: a type, and an index of up to seven digits. */
const ELEMENT_BYTES = 9;
/** Cursor ids are kept below 2^48, the limit of randomInt, so that they are exact as numbers. */
const MAX_ID = 2 ** 48 - 1;

interface Cursor {
  readonly namespace: string;
  readonly docs: Doc[];
  position: number;
  usedAt: number;
}

/** Takes documents up to a count and up to what one answer may hold; always at least one, if there is any. */
function takeBatch(cursor: Cursor, size: number): Doc[] {
  const start = cursor.position;
  let bytes = 0;
  while (cursor.position < cursor.docs.length && cursor.position - start < size) {
    bytes +=
      ELEMENT_BYTES + calculateObjectSize(cursor.docs[cursor.position] ?? {}, { ignoreUndefined: true });
    if (bytes > MAX_DOCUMENT_BYTES && cursor.position > start) break;
    cursor.position += 1;
  }
  return cursor.docs.slice(start, cursor.position);
}

function batchSizeOf(value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (!Number.isSafeInteger(value) || Number(value) < 0)
    throw badValue('batchSize must be a whole number, not negative');
  return Number(value);
}

export class Cursors {
  readonly #open = new Map<number, Cursor>();

  /** The first answer with a result; what is left over stays open under the cursor id in it. */
  first(namespace: string, docs: Doc[], options: { batchSize?: unknown; singleBatch?: unknown } = {}): Doc {
    const cursor: Cursor = { namespace, docs, position: 0, usedAt: Date.now() };
    const firstBatch = takeBatch(cursor, batchSizeOf(options.batchSize, FIRST_BATCH));
    let id = 0;
    if (cursor.position < docs.length && options.singleBatch !== true) {
      if (this.#open.size >= MAX_CURSORS) throw badValue(`too many open cursors: ${MAX_CURSORS}`);
      do id = randomInt(1, MAX_ID);
      while (this.#open.has(id));
      this.#open.set(id, cursor);
    }
    return { cursor: { firstBatch, id: Long.fromNumber(id), ns: namespace } };
  }

  /**
   * The next answer of a cursor.
   * @throws MongoError 43 when there is no such cursor.
   */
  next(namespace: string, id: unknown, batchSize: unknown): Doc {
    const cursor = this.#open.get(Number(id));
    if (!cursor) throw new MongoError(43, `cursor id ${String(id)} not found`);
    if (cursor.namespace !== namespace) {
      throw new MongoError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to another namespace`,
      );
    }
    cursor.usedAt = Date.now();
    const nextBatch = takeBatch(cursor, batchSizeOf(batchSize, Infinity) || Infinity);
    const isDone = cursor.position >= cursor.docs.length;
    if (isDone) this.#open.delete(Number(id));
    return { cursor: { nextBatch, id: Long.fromNumber(isDone ? 0 : Number(id)), ns: namespace } };
  }

  /** Closes a cursor. Returns whether there was one. */
  kill(namespace: string, id: number): boolean {
    return this.#open.get(id)?.namespace === namespace && this.#open.delete(id);
  }

  /** Closes the cursors that nobody has read for long. */
  closeIdle(now: number): void {
    for (const [id, cursor] of this.#open) {
      if (now - cursor.usedAt > IDLE_MS) this.#open.delete(id);
    }
  }

  get size(): number {
    return this.#open.size;
  }
}
