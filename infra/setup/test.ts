// `npm test`: prepares a worker, a Chromium, coturn, the tools of the network lab and the client, then checks format, lint and
// types and runs Jest, to which the arguments go. The last line, alone, is the sum: `12 passed, 0 failed`.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareChromium } from './chromium.ts';
import { prepareClient } from './client.ts';
import { prepareLabTools } from './lab-tools.ts';
import { inRepository, ROOT } from './paths.ts';
import { printFailure, step } from './progress.ts';
import { readSettings } from './settings.ts';
import type { Tally } from './tally.ts';
import { formatTally, sumOf, tally } from './tally.ts';
import { endToolsOnSignals, runTool } from './tool.ts';
import { prepareTurnserver } from './turnserver.ts';
import { prepareWorker } from './worker.ts';

const CHECKS = [
  ['format', 'prettier', '--check', '.'],
  ['lint', 'eslint', '.'],
  ['types', 'tsc', '--noEmit'],
] as const;

/** What is about time or load, or has much to decode, and would tell lies beside others. */
const ALONE = 'infra/(lab/|load/|bench/|e2e/(audit|layouts|quality)\\.test)';

function program(name: string): string {
  return inRepository('node_modules', '.bin', name);
}

/** Runs the three checks side by side and says which of them failed; what one says is shown only then. */
async function runChecks(): Promise<string[]> {
  const results = await step(CHECKS.map(([name, tool]) => `${name} (${tool})`).join(', '), async () => {
    const value = await Promise.all(
      CHECKS.map(async ([name, tool, ...args]) => ({
        name,
        ...(await runTool(process.execPath, [program(tool), ...args], { cwd: ROOT })),
      })),
    );
    return { outcome: value.every(({ code }) => code === 0) ? 'passed' : 'failed', value };
  });
  const failed = results.filter(({ code }) => code !== 0);
  for (const { name, tail } of failed) console.log(`✗ ${name}:\n${tail}`);
  return failed.map(({ name }) => name);
}

/** Runs Jest in full view, and returns what it counted. */
async function runJest(args: string[], env: NodeJS.ProcessEnv): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'vcallpe-test-'));
  try {
    const results = join(folder, 'results.json');
    const { code } = await runTool(
      process.execPath,
      [program('jest'), '--json', `--outputFile=${results}`, ...args],
      {
        cwd: ROOT,
        env: { ...env, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --experimental-vm-modules`.trim() },
        show: true,
      },
    );
    const json: unknown = JSON.parse(await readFile(results, 'utf8').catch(() => '{}'));
    return tally(json, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Alone those that may not be disturbed, and then two at a time the others, which wait more than they work. */
async function runSuites(args: string[], env: NodeJS.ProcessEnv): Promise<Tally> {
  if (args.length > 0) return runJest(args, env);
  const alone = await runJest(['--runInBand', ALONE], env);
  return sumOf(alone, await runJest(['--maxWorkers=2', `^(?!.*${ALONE})`], env));
}

async function main(): Promise<Tally> {
  const settings = readSettings(process.env);
  const MEDIASOUP_WORKER_BIN = await prepareWorker({ ...settings, quick: true });
  const CHROMIUM_BIN = await prepareChromium(settings);
  await prepareTurnserver(settings.childEnv);
  await prepareLabTools(settings.childEnv);
  await prepareClient(settings);
  const failedChecks = await runChecks();
  const jest = await runSuites(process.argv.slice(2), {
    ...settings.childEnv,
    MEDIASOUP_WORKER_BIN,
    CHROMIUM_BIN,
  });
  if (failedChecks.length > 0) console.log(`\n✗ These checks failed, see above: ${failedChecks.join(', ')}`);
  return { ...jest, failed: jest.failed + failedChecks.length };
}

endToolsOnSignals();
const sum = await main().catch((error: unknown) => {
  printFailure(error);
  return { passed: 0, failed: 1, skipped: 0 };
});
console.log(`\n${formatTally(sum)}`);
process.exitCode = sum.failed === 0 ? 0 : 1;
