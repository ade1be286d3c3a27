// BSON values: one order-preserving byte encoding decides equality, sort order, index keys and uniqueness alike,
// so that a filter, an index and a sort can never disagree about two values.
import { Binary, BSONRegExp, ObjectId, Timestamp } from 'bson';
import { notServed } from './errors.ts';

/** A decoded BSON document. */
export type Doc = Record<string, unknown>;

/** The first byte of an encoded value, by type, in the order in which MongoDB compares types. 0x00 ends objects and arrays. */
export const TYPE = {
  /** The index key of an empty array, which MongoDB keeps apart from null. */
  emptyArray: 0x03,
  null: 0x05,
  number: 0x0a,
  string: 0x0f,
  object: 0x14,
  array: 0x19,
  binary: 0x1e,
  objectId: 0x23,
  boolean: 0x28,
  date: 0x2d,
  timestamp: 0x2f,
  regex: 0x32,
} as const;

/** The name of a value's type, for messages. */
export function typeName(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value;
  return (value as { _bsontype?: string })._bsontype ?? value.constructor.name;
}

/** Is it a (sub)document, and not an array, a date, or one of bson's value classes? */
export function isDoc(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Writes encoded values into one growing buffer. */
class KeyWriter {
  #buffer = Buffer.allocUnsafe(128);
  #length = 0;

  #room(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(this.#length * 2);
      this.#buffer.copy(grown, 0, 0, at);
      this.#buffer = grown;
    }
    return at;
  }

  byte(value: number): void {
    const at = this.#room(1);
    this.#buffer[at] = value;
  }

  bytes(value: Uint8Array): void {
    const at = this.#room(value.length);
    this.#buffer.set(value, at);
  }

  /** Big-endian IEEE 754, bent so that unsigned byte order is numeric order; NaN sorts below every number. */
  double(value: number): void {
    const at = this.#room(8);
    if (Number.isNaN(value)) {
      this.#buffer.fill(0, at, at + 8);
      return;
    }
    this.#buffer.writeDoubleBE(value === 0 ? 0 : value, at);
    const negative = (this.#buffer[at] ?? 0) & 0x80;
    for (let i = 0; i < 8; i += 1) {
      const byte = this.#buffer[at + i] ?? 0;
      if (negative) this.#buffer[at + i] = byte ^ 0xff;
      else if (i === 0) this.#buffer[at] = byte ^ 0x80;
    }
  }

  /** UTF-8 with 0x00 escaped and a terminator, so that a prefix sorts before what it begins. */
  text(value: string): void {
    const escaped = value.includes('\0');
    const utf8 = Buffer.from(value);
    if (!escaped) this.bytes(utf8);
    else {
      for (const byte of utf8) {
        this.byte(byte);
        if (byte === 0) this.byte(0xff);
      }
    }
    this.byte(0);
    this.byte(1);
  }

  value(value: unknown): void {
    switch (typeof value) {
      case 'number':
        this.byte(TYPE.number);
        this.double(value);
        return;
      case 'string':
        this.byte(TYPE.string);
        this.text(value);
        return;
      case 'boolean':
        this.byte(TYPE.boolean);
        this.byte(value ? 1 : 0);
        return;
      case 'undefined':
        this.byte(TYPE.null);
        return;
      default:
        this.#object(value);
    }
  }

  #object(value: unknown): void {
    if (value === null) this.byte(TYPE.null);
    else if (value instanceof ObjectId) {
      this.byte(TYPE.objectId);
      this.bytes(value.id);
    } else if (value instanceof Date) {
      this.byte(TYPE.date);
      this.double(value.getTime());
    } else if (Array.isArray(value)) {
      this.byte(TYPE.array);
      for (const element of value) this.value(element);
      this.byte(0);
    } else if (isDoc(value)) {
      this.byte(TYPE.object);
      for (const [name, field] of Object.entries(value)) {
        this.byte(typeByte(field));
        this.text(name);
        this.value(field);
      }
      this.byte(0);
    } else if (value instanceof Binary) {
      this.byte(TYPE.binary);
      const head = Buffer.allocUnsafe(5);
      head.writeUInt32BE(value.position, 0);
      head[4] = value.sub_type;
      this.bytes(head);
      this.bytes(value.buffer.subarray(0, value.position));
    } else if (value instanceof Timestamp) {
      this.byte(TYPE.timestamp);
      const time = Buffer.allocUnsafe(8);
      time.writeUInt32BE(value.getHighBitsUnsigned(), 0);
      time.writeUInt32BE(value.getLowBitsUnsigned(), 4);
      this.bytes(time);
    } else if (value instanceof BSONRegExp) {
      this.byte(TYPE.regex);
      this.text(value.pattern);
      this.text(value.options);
    } else throw notServed(`a value of type ${typeName(value)}`);
  }

  finish(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }
}

/** Encodes values, one after another, into bytes whose order is MongoDB's order. Missing counts as null. */
export function encodeKey(...values: unknown[]): Buffer {
  const writer = new KeyWriter();
  for (const value of values) writer.value(value);
  return writer.finish();
}

/** The index key of an empty array. */
export const EMPTY_ARRAY_KEY = Buffer.of(TYPE.emptyArray);
/** The bounds of all dates among encoded values; used by the TTL sweep. */
export const DATE_KEY_FLOOR = Buffer.of(TYPE.date);

/** The byte that stands for a value's type: values of different types are never equal and compare by this alone. */
export function typeByte(value: unknown): number {
  if (typeof value === 'number') return TYPE.number;
  if (typeof value === 'string') return TYPE.string;
  return encodeKey(value)[0] ?? TYPE.null;
}

/** MongoDB's order over all values: negative, zero or positive. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number' && a < b) return -1;
  if (typeof a === 'number' && typeof b === 'number' && a > b) return 1;
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  return Buffer.compare(encodeKey(a), encodeKey(b));
}

/** Are the two values the same to MongoDB? Numbers by value, documents field by field in order. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return false;
  return compareValues(a, b) === 0;
}

/** A string that is equal for equal values; for use as a Map key. */
export function valueToken(value: unknown): string {
  return encodeKey(value).toString('latin1');
}

/** A deep copy that shares only immutable leaves (bson's value classes are never changed by us). */
export function copyValue<T>(value: T): T {
  if (Array.isArray(value)) return value.map((element: unknown) => copyValue(element)) as T;
  if (isDoc(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copyValue(field)])) as T;
  }
  return value;
}
