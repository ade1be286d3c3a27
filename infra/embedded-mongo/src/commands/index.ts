// Finds the command that a request names, checks it, runs it, and puts the answer or the error into MongoDB's form.
import type { Cursors } from '../cursors.ts';
import { MongoError, toMongoError } from '../errors.ts';
import type { Storage } from '../storage.ts';
import { assertServable } from '../codec.ts';
import type { Doc } from '../values.ts';
import { legacyRefused, type Request } from '../wire.ts';
import { adminCommands } from './admin.ts';
import { checkOptions, wantsJournal, type Command, type CommandContext } from './command.ts';
import { handshakeCommands } from './handshake.ts';
import { readCommands } from './reads.ts';
import { writeCommands } from './writes.ts';

const COMMANDS = new Map<string, Command>(
  Object.entries({ ...handshakeCommands, ...adminCommands, ...readCommands, ...writeCommands }),
);
const LEGACY = new Set(['hello', 'isMaster', 'ismaster']);

function execute(context: CommandContext, isLegacy: boolean): Doc {
  const { storage, name, body } = context;
  if (isLegacy && !LEGACY.has(name)) throw legacyRefused(name);
  const command = COMMANDS.get(name);
  if (!command) throw new MongoError(59, `no such command: '${name}'`);
  if (!/^[^/\\. "$*<>:|?\0]{1,63}$/.test(context.db))
    throw new MongoError(73, `Invalid database name: '${context.db}'`);
  checkOptions(context, command.options);
  assertServable(body);
  if (!command.writes) return command.run(context);
  const result = storage.transaction(() => command.run(context));
  if (wantsJournal(body)) storage.sync();
  return result;
}

/** Runs one request. What goes wrong becomes the answer; it never throws. */
export function runCommand(storage: Storage, cursors: Cursors, { body, isLegacy }: Request): Doc {
  const name = Object.keys(body)[0] ?? '';
  const db = typeof body['$db'] === 'string' ? body['$db'] : '';
  try {
    return { ...execute({ storage, cursors, db, name, body }, isLegacy), ok: 1 };
  } catch (thrown) {
    const error = toMongoError(thrown);
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra };
  }
}
