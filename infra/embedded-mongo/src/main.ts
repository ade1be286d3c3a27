// The embedded database as a process of its own: node infra/embedded-mongo/src/main.ts --dir DATA_DIR
import { parseArgs } from 'node:util';
import { messageOf } from './errors.ts';
import { startEmbeddedMongo } from './server.ts';

function log(line: string): void {
  process.stderr.write(`embedded-mongo: ${line}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { dir: { type: 'string' } } });
  if (!values.dir) throw new Error('usage: main.ts --dir DATA_DIR');
  const mongo = await startEmbeddedMongo({ dir: values.dir, log });
  const stop = (): void => {
    mongo.close().catch((error: unknown) => {
      log(messageOf(error));
      process.exitCode = 1;
    });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  log(
    'this database is for one machine and not for high availability; to use a MongoDB server, set MONGODB_URI=mongodb://host:27017/vcallpe',
  );
  process.stdout.write(`embedded-mongo ready ${mongo.uri('vcallpe')}\n`);
}

main().catch((error: unknown) => {
  log(messageOf(error));
  process.exitCode = 1;
});
