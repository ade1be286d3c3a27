/** The process: configuration, signals, exit code. */
import { readConfig, type SfuConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { startSfuNode } from './node.ts';

/** Closing is bounded, ms: after this a process that hangs is ended by force. */
const CLOSE_WITHIN_MS = 8_000;

let config: SfuConfig;
try {
  config = readConfig(process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

const log = createLogger(config.logLevel);

try {
  const node = await startSfuNode(config, log);

  let stopping = false;
  const stop = (why: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ why }, 'closing');
    setTimeout(() => {
      log.error('did not close in time');
      process.exit(1);
    }, CLOSE_WITHIN_MS).unref();
    node.close().then(
      // Nothing is left that keeps the loop alive, except the channel to a supervisor.
      () => process.connected && process.disconnect(),
      (error: unknown) => {
        log.error({ err: error }, 'closing failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // A supervisor that was killed can't send a signal; its end of the channel closes.
  if (process.connected) process.once('disconnect', () => !stopping && stop('supervisor gone'));
} catch (error) {
  log.fatal({ err: error }, 'could not start');
  // Whatever did start, workers among it, ends with the process.
  process.exit(1);
}
