/** The mediasoup worker: is it there, does it run, and does it do what a meeting needs. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createWorker, version } from 'mediasoup';
import { inRepository } from '../../setup/paths.ts';
import { SetupError } from '../../setup/progress.ts';
import type { Settings } from '../../setup/settings.ts';
import { cachedWorkers, findWorker, workerRuns } from '../../setup/worker.ts';
import { good, reasonOf, wrong, type Tell } from '../finding.ts';

const CHECK = 'mediasoup worker';
const RECIPE = inRepository('infra', 'mediasoup-worker');
/** A healthy one takes 50 ms. */
const START_WITHIN_MS = 10_000;

export async function checkWorker(settings: Settings, tell: Tell): Promise<void> {
  let workerBin: string | undefined;
  try {
    workerBin = await existingWorker(settings);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    tell(wrong(CHECK, error.message, error.remedy));
    return;
  }
  if (workerBin === undefined) {
    tell(
      wrong(
        CHECK,
        `There is no worker for mediasoup ${version}.`,
        'Run npm start once, which downloads or builds it, or set MEDIASOUP_WORKER_BIN.',
      ),
    );
    return;
  }
  try {
    const ms = await startOne(workerBin);
    const hash = createHash('sha256')
      .update(await readFile(workerBin))
      .digest('hex')
      .slice(0, 12);
    tell(good(CHECK, `The worker of mediasoup ${version} (sha256 ${hash}…) started in ${Math.ceil(ms)} ms.`));
  } catch (error) {
    tell(
      wrong(
        CHECK,
        `${workerBin} does not work with mediasoup ${version}: ${reasonOf(error)}.`,
        'Unset MEDIASOUP_WORKER_BIN, or set it to a worker of that version.',
      ),
    );
  }
}

/** The one that the SFU would get; undefined where `npm start` would have to make it first. */
async function existingWorker(settings: Settings): Promise<string | undefined> {
  if (settings.workerBin !== undefined) return (await findWorker(settings, RECIPE, () => undefined)).value;
  const { prebuilt, built } = await cachedWorkers(settings.cacheDir, RECIPE);
  return [prebuilt, built].find(workerRuns);
}

/** Starts it and makes a router and a transport, which a worker of another version fails at. @returns ms */
async function startOne(workerBin: string): Promise<number> {
  const startMs = performance.now();
  const worker = await createWorker({ workerBin, logLevel: 'none' });
  try {
    const died = new Promise<never>((_, reject) => worker.once('died', reject));
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('it does not answer')), START_WITHIN_MS).unref();
    });
    await Promise.race([tryRouter(worker), died, late]);
  } finally {
    worker.close();
  }
  return performance.now() - startMs;
}

async function tryRouter(worker: Awaited<ReturnType<typeof createWorker>>): Promise<void> {
  const router = await worker.createRouter({
    mediaCodecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }],
  });
  await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
}
