/** A large room of a running service, and the crowd that fills it. What the benchmarks of large rooms share. */
import { until } from '../../browser/wait.ts';
import { startService } from '../../e2e/service.ts';
import { Crowd, type Part } from '../../load/crowd.ts';
import type { BandwidthEstimation } from '../../load/media/subscriber.ts';
import { forkMedia } from '../../load/processes.ts';
import { openVenue } from '../../load/venue.ts';
import { CAMERA } from './camera.ts';
import { cpuSeconds, residentBytes } from '../process-usage.ts';

/** The room of the aims. A machine that can't carry it with the crowd on it, too, is measured with fewer: BENCH_PEOPLE=100. */
export const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 300);
/** Tiles of a page, and voices that each hears: the room of the aims. */
export const PAGE = 9;
export const VOICES = 5;
/** People at a time who join, and who turn their page, while a room is filled that nobody measures. */
const FILLING_AT_ONCE = 8;
const SETTLE_WITHIN_MS = 60_000;

export interface HallOptions {
  publishers: number;
  receivers: number;
  page?: number;
  /** Layers of each camera, lowest first. */
  video?: typeof CAMERA;
  /** None, as in the trial of the engine; browsers have TWCC. */
  bandwidthEstimation?: BandwidthEstimation;
}

export interface Hall {
  crowd: Crowd;
  /** Lets this many in, a few at a time, and waits until each sees its page. */
  fill(count: number, part: (index: number) => Part): Promise<void>;
  /** Until everybody sees everything of the page and hears everyone who speaks. @throws when that does not come about */
  settle(): Promise<void>;
  /** Value of one of the SFU's metrics. */
  metric(name: string): Promise<number>;
  cpu(): SfuCpu;
  /** Prints what went wrong for whom, if anything did. */
  tellProblems(): void;
  memory(): { nodeMB: number; workersMB: number };
  close(): Promise<void>;
}

/** CPU seconds since the start. */
export interface SfuCpu {
  node: number;
  workers: number[];
  /** The API with its database, and what supervises all of it. */
  rest: number;
}

export async function openHall({
  publishers,
  receivers,
  page = PAGE,
  video = CAMERA,
  bandwidthEstimation = 'none',
}: HallOptions): Promise<Hall> {
  const service = await startService({
    WORKERS: '2',
    RATE_LIMIT_SCALE: '10000',
    AUDIBLE_SPEAKERS: String(VOICES),
  });
  const aborted = new AbortController();
  try {
    const [node = 0] = await service.children(/sfu-server\/src\/index\.ts/);
    const workers = await service.children(/mediasoup-worker/);
    const rest = (await service.children(/./)).filter((pid) => pid !== node && !workers.includes(pid));
    const venue = await openVenue({
      url: service.url,
      participants: Math.max(publishers, receivers) + 1,
      onRateLimit: () => console.log('rate limited: joins wait'),
      signal: aborted.signal,
    });
    const crowd = new Crowd({
      admit: (name) => venue.admit(name),
      media: await forkMedia({ publishers, receivers }),
      video,
      page,
      bandwidthEstimation,
      seed: 7,
    });
    const settle = async () => {
      const within = { withinMs: SETTLE_WITHIN_MS };
      const settled = async () => {
        await until('everybody to see the whole page', () => crowd.waitingTiles === 0, within);
        await until('everybody to be there for a while', () => crowd.waitingPeople === 0, within);
        await until('everybody to hear who speaks', async () => (await crowd.waitingVoices()) === 0, {
          ...within,
          everyMs: 1_000,
        });
      };
      await settled().catch((cause: unknown) => {
        const people = crowd.participants.length;
        throw new Error(`With ${people} people this machine is full. Measure fewer: BENCH_PEOPLE=100`, {
          cause,
        });
      });
    };
    return {
      crowd,
      settle,
      async fill(count, part) {
        await aFewAtOnce(
          Array.from({ length: count }, (_, i) => part(i)),
          (each) => crowd.join(each),
        );
        // Those who came first had few to choose from: now everybody looks at some of all.
        await aFewAtOnce(crowd.participants, (each) => each.turnPage());
        await settle();
      },
      async metric(name) {
        const text = await (await fetch(`${service.sfuUrl}/metrics`)).text();
        const line = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm');
        return [...text.matchAll(line)].reduce((sum, [, value]) => sum + Number(value), 0);
      },
      cpu: () => ({
        node: cpuSeconds([node]),
        workers: workers.map((pid) => cpuSeconds([pid])),
        rest: cpuSeconds(rest),
      }),
      tellProblems() {
        for (const tally of [crowd.joinFailures, crowd.lost, crowd.problems]) {
          if (Object.keys(tally).length > 0) console.log('went wrong:', JSON.stringify(tally));
        }
      },
      memory: () => ({
        nodeMB: Math.round(residentBytes([node]) / 1e6),
        workersMB: Math.round(residentBytes(workers) / 1e6),
      }),
      async close() {
        await crowd.close();
        aborted.abort();
        await service.stop();
      },
    };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

async function aFewAtOnce<T>(each: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const left = each.values();
  const lane = async () => {
    for (const one of left) await work(one);
  };
  await Promise.all(Array.from({ length: FILLING_AT_ONCE }, lane));
}
