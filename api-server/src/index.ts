/** The process: settings in, signals, exit code. 1 means that it could not start or had to be forced. */
import { ConfigError, createApiServer, loadConfig } from './server.ts';

/** ms. Longer than the server needs to close; should even that hang, better gone than stuck. */
const FORCE_AFTER = 15_000;

async function main(): Promise<void> {
  const starting = createApiServer(loadConfig());

  const stop = async () => {
    setTimeout(() => process.exit(1), FORCE_AFTER).unref();
    const server = await starting;
    await server.close();
    // Everything is closed that can be; what a driver may still hold must not keep the process.
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // The same signal twice is a person who will not wait. One of each is Ctrl-C in a terminal, which reaches
    // this process directly and then once more through its supervisor.
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      void stop();
    });
  }
  // Started by a supervisor: when that is gone, even by kill -9, nothing should be left behind.
  if (process.connected) {
    process.once('disconnect', () => void stop());
    // Listening to the channel must not keep the process alive once everything else has closed.
    process.channel?.unref();
  }

  await starting;
}

main().catch((error: unknown) => {
  // What a person can put right is a message; anything else is a stack.
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
