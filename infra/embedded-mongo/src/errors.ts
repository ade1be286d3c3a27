// Errors that travel to the client as MongoDB command errors: a code, its name, and what mongod adds beside them.
import type { Doc } from './values.ts';

const CODE_NAMES: Record<number, string> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  15: 'Overflow',
  20: 'IllegalOperation',
  21: 'InvalidLength',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  115: 'CommandNotSupported',
  171: 'CannotIndexParallelArrays',
  225: 'ChecksumMismatch',
  352: 'UnsupportedOpQueryCommand',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
};

/** An error with a MongoDB error code. `extra` is merged into the error document, as mongod does with `keyValue`. */
export class MongoError extends Error {
  readonly code: number;
  readonly extra: Doc;

  constructor(code: number, message: string, extra: Doc = {}) {
    super(message);
    this.name = 'MongoError';
    this.code = code;
    this.extra = extra;
  }

  get codeName(): string {
    return CODE_NAMES[this.code] ?? `Location${this.code}`;
  }
}

/** The error for something a MongoDB server does and this one deliberately does not. It names the thing. */
export function notServed(what: string): MongoError {
  return new MongoError(
    115,
    `${what} is not served by the embedded database; set MONGODB_URI to a MongoDB server to use it`,
  );
}

/** The error mongod gives for a value that a command cannot take. */
export function badValue(message: string): MongoError {
  return new MongoError(2, message);
}

/** The words of whatever was thrown. `instanceof Error` would miss errors that Node makes outside Jest's realm. */
export function messageOf(thrown: unknown): string {
  const message =
    typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : thrown;
  return String(message);
}

/** The SQLite result code of an error, without its extension bits; 0 for any other error. */
export function sqliteCode(thrown: unknown): number {
  const code =
    typeof thrown === 'object' && thrown !== null && 'errcode' in thrown ? Number(thrown.errcode) : 0;
  return code & 0xff;
}

const SQLITE_FULL = 13;

/** Turns whatever was thrown into an error with a code. */
export function toMongoError(thrown: unknown): MongoError {
  if (thrown instanceof MongoError) return thrown;
  if (sqliteCode(thrown) === SQLITE_FULL) return new MongoError(14031, 'no space is left on the device');
  if (sqliteCode(thrown) !== 0)
    return new MongoError(1, `the database file could not be used: ${messageOf(thrown)}`);
  // mingo throws plain errors for expressions that it cannot evaluate; its words are useful to the caller.
  return badValue(messageOf(thrown));
}
