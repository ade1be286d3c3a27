/** `npm run load`: loads a service with headless participants, and tells by its exit code whether it held up. */
import { writeFile } from 'node:fs/promises';
import { AppError } from '@vcallpe/shared';
import { startService } from '../e2e/service.ts';
import { printFailure, step } from '../setup/progress.ts';
import { HELP, parseOptions, UsageError, type LoadOptions } from './options.ts';
import { formatReport } from './report.ts';
import { runLoad } from './run.ts';
import { EXIT } from './verdict.ts';

const INTERRUPTED = 130;

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options === 'help') {
    console.log(HELP);
    return EXIT.ok;
  }
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => interrupt.abort());
  process.once('disconnect', () => interrupt.abort());
  process.channel?.unref();
  try {
    return await load(options, interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    console.error('\nStopped before the end: there is no result.');
    return INTERRUPTED;
  }
}

async function load(options: LoadOptions, signal: AbortSignal): Promise<number> {
  const service = options.url === undefined ? await ownService() : undefined;
  try {
    const report = await runLoad(options, { url: options.url ?? service?.url ?? '', signal });
    console.log(`\n${formatReport(report)}`);
    // A password has no place in a file.
    const told = { ...options, credentials: undefined };
    if (options.json)
      await writeFile(options.json, `${JSON.stringify({ options: told, ...report }, null, 2)}\n`);
    return report.verdict.exitCode;
  } finally {
    await service?.stop();
  }
}

/** The product as `npm start` runs it, on loopback, with a worker for each core and room for many joins. */
function ownService() {
  const workers = process.env['WORKERS'] ?? '';
  return step('starting a service', async () => {
    const service = await startService({ WORKERS: workers });
    return { outcome: `at ${service.url}`, value: service };
  });
}

const exitCode = await main().catch((error: unknown) => {
  if (error instanceof UsageError) {
    console.error(`${error.message}.\nSee: npm run load -- --help`);
    return EXIT.usage;
  }
  if (error instanceof AppError) console.error(`\n✗ ${error.message} (${error.code})`);
  else printFailure(error);
  return EXIT.failed;
});
// All that matters is closed. A connection kept for reuse, or a thread of a native library, is no reason to stay.
process.exit(exitCode);
