// Finds the mediasoup worker, or prepares it: an existing MEDIASOUP_WORKER_BIN, else mediasoup's own prebuilt download,
// else our build of it. What was downloaded or built is cached outside the repository, for every checkout.
import { spawnSync } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFiles } from './hash.ts';
import { withLock } from './lock.ts';
import { inRepository, mediasoupDirectory } from './paths.ts';
import type { Outcome, Report } from './progress.ts';
import { SetupError, step } from './progress.ts';
import type { Settings } from './settings.ts';
import { runTool } from './tool.ts';

/** The download is 3 MB. A machine without a way out mostly fails at once; one that is left hanging loses this much. */
const DOWNLOAD_TIMEOUT_MS = 20_000;

/** mediasoup-worker ends with this code when it was not started by mediasoup: proof that the binary runs here. */
const NOT_MY_FATHER = 41;

const BINARY = 'mediasoup-worker';
const RECIPE = inRepository('infra', 'mediasoup-worker');

export interface WorkerSettings extends Pick<Settings, 'workerBin' | 'cacheDir' | 'childEnv'> {
  /** A worker that is built in half the time, and needs a tenth more CPU, is good enough: tests do not measure. */
  quick?: boolean;
}

/** Whether the file is a mediasoup-worker that this machine can run. */
export function workerRuns(file: string): boolean {
  return spawnSync(file, [], { env: {}, stdio: 'ignore', timeout: 10_000 }).status === NOT_MY_FATHER;
}

async function checkGivenWorker(file: string): Promise<void> {
  const remedy = 'Correct MEDIASOUP_WORKER_BIN, or unset it and set-up prepares a worker by itself.';
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (!exists) throw new SetupError(`MEDIASOUP_WORKER_BIN is ${file}, and there is no such file.`, remedy);
  const executable = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!executable) throw new SetupError(`MEDIASOUP_WORKER_BIN is ${file}, which is not executable.`, remedy);
  if (!workerRuns(file)) {
    throw new SetupError(
      `MEDIASOUP_WORKER_BIN is ${file}, which is no mediasoup-worker that runs here.`,
      remedy,
    );
  }
}

/** Where the cached workers of this mediasoup version are: its own prebuilt one, and one built from our recipe. */
export async function cachedWorkers(
  cacheDir: string,
  recipe: string,
): Promise<{ prebuilt: string; built: string; builtQuickly: string }> {
  const manifest: { version: string } = JSON.parse(
    await readFile(join(mediasoupDirectory(), 'package.json'), 'utf8'),
  );
  const folder = join(cacheDir, BINARY);
  const platform = `${process.platform}-${process.arch}`;
  const recipeHash = (await hashFiles(recipe, ['build.sh', 'overlay'])).slice(0, 12);
  return {
    prebuilt: join(folder, `${manifest.version}-prebuilt-${platform}`, BINARY),
    built: join(folder, `${manifest.version}-${recipeHash}-${platform}`, BINARY),
    builtQuickly: join(folder, `${manifest.version}-${recipeHash}-quick-${platform}`, BINARY),
  };
}

/**
 * Lets mediasoup's own install script download its prebuilt worker, in a scratch folder. Without a network, or a binary
 * for this platform, there is none, and that is no error.
 */
async function download(scratch: string, settings: WorkerSettings): Promise<string | undefined> {
  // After a failed download the script would build with pip and sources from many hosts. With `false` for a Python,
  // that ends where it begins.
  const env = { ...settings.childEnv, PYTHON: 'false' };
  const script = join(mediasoupDirectory(), 'npm-scripts.mjs');
  const { code } = await runTool(process.execPath, [script, 'postinstall'], {
    cwd: scratch,
    env,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
  });
  return code === 0 ? join(scratch, 'worker', 'out', 'Release', BINARY) : undefined;
}

async function build(
  scratch: string,
  recipe: string,
  settings: WorkerSettings,
  report: Report,
): Promise<string> {
  const output = join(scratch, BINARY);
  const logFile = join(settings.cacheDir, BINARY, 'build.log');
  const { code, tail } = await runTool('bash', [join(recipe, 'build.sh'), mediasoupDirectory(), output], {
    env: { ...settings.childEnv, WORKER_LTO: settings.quick ? 'false' : 'true' },
    logFile,
    onLine: (line) => {
      const [, progress] = /^\[(\d+\/\d+)\]/.exec(line) ?? [];
      if (progress !== undefined) report(`building ${progress}`);
    },
  });
  if (code !== 0) {
    throw new SetupError(
      `The build of the mediasoup worker failed: ${tail.split('\n').at(-1)}`,
      `The whole log is ${logFile}. Or set MEDIASOUP_WORKER_BIN to a worker that exists.`,
    );
  }
  return output;
}

/** Moves a binary to its place in the cache in one step, so that nobody ever sees half of it. */
async function keep(file: string, place: string): Promise<string> {
  if (!workerRuns(file)) {
    throw new SetupError(
      `The mediasoup worker that was prepared does not run on this machine.`,
      'Set MEDIASOUP_WORKER_BIN to a worker that does.',
    );
  }
  await mkdir(join(place, '..'), { recursive: true });
  await rename(file, place);
  return place;
}

async function downloadOrBuild(
  recipe: string,
  settings: WorkerSettings,
  report: Report,
): Promise<Outcome<string>> {
  const { prebuilt, built, builtQuickly } = await cachedWorkers(settings.cacheDir, recipe);
  const cached = [prebuilt, built, ...(settings.quick ? [builtQuickly] : [])].find(workerRuns);
  if (cached !== undefined) return { outcome: 'cached', value: cached };

  const scratch = await mkdtemp(join(settings.cacheDir, BINARY, 'new-'));
  try {
    report('downloading');
    const downloaded = await download(scratch, settings);
    if (downloaded !== undefined) return { outcome: 'downloaded', value: await keep(downloaded, prebuilt) };
    report('building');
    const place = settings.quick ? builtQuickly : built;
    return { outcome: 'built', value: await keep(await build(scratch, recipe, settings, report), place) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Finds a mediasoup worker that runs on this machine, or prepares one.
 * @param recipe the folder of the build
 * @throws SetupError when the given worker is none, or the build fails
 */
export async function findWorker(
  settings: WorkerSettings,
  recipe: string,
  report: Report,
): Promise<Outcome<string>> {
  if (settings.workerBin !== undefined) {
    await checkGivenWorker(settings.workerBin);
    return { outcome: 'from MEDIASOUP_WORKER_BIN', value: settings.workerBin };
  }
  const folder = join(settings.cacheDir, BINARY);
  await mkdir(folder, { recursive: true });
  // Two checkouts that start together build once: the second waits here and then finds the worker in the cache.
  return withLock(join(folder, 'lock'), () => downloadOrBuild(recipe, settings, report));
}

/**
 * The path of a mediasoup worker, for MEDIASOUP_WORKER_BIN. The first time it takes as long as a download of 3 MB, or a
 * build of some minutes; after that, no time.
 */
export function prepareWorker(settings: WorkerSettings): Promise<string> {
  return step('mediasoup worker', (report) => findWorker(settings, RECIPE, report));
}
