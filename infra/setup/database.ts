// The database of the product: the one that MONGODB_URI names, else the embedded one, as a process of its own.
import { socketPathOf, uriOf } from '../embedded-mongo/src/index.ts';
import { databaseService } from './product.ts';
import type { Settings } from './settings.ts';
import type { Supervisor } from './supervisor.ts';

/** Returns the address of the database, once it is there to be used. */
export async function startDatabase(supervisor: Supervisor, settings: Settings): Promise<string> {
  if (settings.mongodbUri !== undefined) return settings.mongodbUri;
  const socket = socketPathOf(settings.dataDir);
  await supervisor.start(databaseService(settings, socket));
  return uriOf(socket, 'vcallpe');
}
