// The package's door: start the embedded database in this process, or find out where it listens.
export {
  socketPathOf,
  startEmbeddedMongo,
  uriOf,
  type EmbeddedMongo,
  type EmbeddedMongoOptions,
} from './server.ts';
