// What a driver asks about the server itself: hello, ping, buildInfo, sessions.
import { MongoError } from '../errors.ts';
import { MAX_DOCUMENT_BYTES } from '../codec.ts';
import { MAX_MESSAGE_BYTES } from '../wire.ts';
import type { Command } from './command.ts';
import { MAX_WRITE_BATCH } from './writes.ts';

/** The MongoDB release whose behaviour we follow, and its wire version. */
const VERSION = '7.0.0';
const WIRE_VERSION = 21;

/** A standalone server that keeps sessions apart only by name: it has no transactions. */
const hello: Command = {
  options: 'any',
  writes: false,
  run: () => ({
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: MAX_WRITE_BATCH,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  }),
};

const nothing: Command = { options: 'any', writes: false, run: () => ({}) };

const buildInfo: Command = {
  options: 'any',
  writes: false,
  run: () => ({
    version: VERSION,
    versionArray: VERSION.split('.').map(Number).concat(0),
    modules: ['vcallpe-embedded'],
    bits: 64,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  }),
};

const noTransaction: Command = {
  options: 'any',
  writes: false,
  run: () => {
    throw new MongoError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
  },
};

export const handshakeCommands: Readonly<Record<string, Command>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: nothing,
  endSessions: nothing,
  refreshSessions: nothing,
  killSessions: nothing,
  buildInfo,
  buildinfo: buildInfo,
  connectionStatus: {
    options: 'any',
    writes: false,
    run: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  },
  getParameter: {
    options: 'any',
    writes: false,
    run: ({ body }) => {
      if (!('featureCompatibilityVersion' in body)) throw new MongoError(72, 'no option found to get');
      return { featureCompatibilityVersion: { version: VERSION.slice(0, 3) } };
    },
  },
  commitTransaction: noTransaction,
  abortTransaction: noTransaction,
};
