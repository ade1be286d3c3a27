/** One run: a room, people who come, a while of measuring, and what it came to. */
import { setTimeout as delay } from 'node:timers/promises';
import { step } from '../setup/progress.ts';
import { now } from './clock.ts';
import { Crowd, type Part } from './crowd.ts';
import { GRACE_MS } from './expectation.ts';
import type { MediaPool } from './media-calls.ts';
import type { LoadOptions } from './options.ts';
import { forkMedia } from './processes.ts';
import { sample, seededRandom } from './random.ts';
import { joinQuantiles, type RateLimited, type RunReport } from './report.ts';
import { openVenue } from './venue.ts';
import { judge } from './verdict.ts';
import { videoLayers } from './video.ts';

const SEED = 1;
/** Tiles that do not begin within this are measured as missing, ms. */
const SETTLE_WITHIN_MS = 15_000;
/** Between two who turn to another page, ms, so that they don't all ask for keyframes at once. */
const TURN_EVERY_MS = 10;
const LOOK_EVERY_MS = 100;

export interface RunContext {
  /** Origin of the service. */
  url: string;
  /** Ends the run: it rejects, and leaves nothing behind. */
  signal: AbortSignal;
  /** Processes of our own, unless said otherwise. They are closed in the end. */
  media?: MediaPool;
  /** Shows one part of the run and how far it is. */
  stage?: typeof step;
}

/** @throws {AppError} when the service can't be reached or refuses the room; AbortError */
export async function runLoad(options: LoadOptions, context: RunContext): Promise<RunReport> {
  const { url, signal, stage = step } = context;
  const rateLimited: RateLimited = { requests: 0, longestWaitMs: 0 };
  const venue = await openVenue({
    url,
    room: options.room,
    credentials: options.credentials,
    participants: options.participants,
    onRateLimit(waitMs) {
      rateLimited.requests += 1;
      rateLimited.longestWaitMs = Math.max(rateLimited.longestWaitMs, waitMs);
    },
    signal,
  });
  try {
    const { participants, publishers, video, simulcast, page, bandwidthEstimation } = options;
    const crowd = new Crowd({
      admit: (displayName) => venue.admit(displayName),
      media: context.media ?? (await forkMedia({ publishers, receivers: participants })),
      video: video === undefined ? [] : videoLayers(video, simulcast),
      page,
      bandwidthEstimation,
      seed: SEED,
    });
    try {
      await stage('joining', (report) => join(crowd, options, signal, rateLimited, report));
      await stage('settling', (report) => settle(crowd, signal, report));
      const measurement = await stage('measuring', (report) => measure(crowd, options, signal, report));
      const { joins, joinFailures, lost, problems } = crowd;
      const outcome = { joined: joins.length, joinFailures, lost, problems, measurement };
      return {
        url,
        room: venue.code,
        at: Date.now(),
        ...joinQuantiles(joins),
        joinFailures,
        rateLimited,
        lost,
        moves: crowd.moves,
        lateTiles: crowd.lateTiles,
        problems,
        measurement,
        verdict: judge(outcome, options.limits),
      };
    } finally {
      await crowd.close();
    }
  } finally {
    // What is left over is worth a word, and no reason to lose the result.
    await venue.close().catch((error: unknown) => {
      console.warn(
        `The room ${venue.code} could not be removed: ${error instanceof Error ? error.message : error}`,
      );
    });
  }
}

type Report = (detail: string) => void;

/** Everybody comes, evenly over the ramp; those who send first. */
async function join(
  crowd: Crowd,
  { participants, publishers, speakers, rampMs }: LoadOptions,
  signal: AbortSignal,
  rateLimited: RateLimited,
  report: Report,
) {
  const startMs = performance.now();
  let done = 0;
  const joining: Promise<void>[] = [];
  const tell = () => {
    const failed = done - crowd.joins.length;
    const putOff = rateLimited.requests;
    report(
      `${crowd.joins.length}/${participants} in${failed > 0 ? `, ${failed} failed` : ''}` +
        (putOff > 0 ? `, ${putOff} requests put off by the rate limit` : ''),
    );
  };
  for (let i = 0; i < participants; i += 1) {
    const waitMs = startMs + (i * rampMs) / participants - performance.now();
    if (waitMs > 0) await delay(waitMs, undefined, { signal });
    const part: Part = { publishes: i < publishers, speaks: i < speakers };
    joining.push(
      crowd.join(part).then(() => {
        done += 1;
        tell();
      }),
    );
  }
  await Promise.all(joining);
  signal.throwIfAborted();
  return { outcome: `${crowd.joins.length} of ${participants}`, value: undefined };
}

/**
 * Everybody turns to a page chosen among all, because those who came first had few to choose from. Then all tiles have
 * their time to begin.
 */
async function settle(crowd: Crowd, signal: AbortSignal, report: Report) {
  for (const participant of crowd.participants) {
    void participant.turnPage();
    await delay(TURN_EVERY_MS, undefined, { signal });
  }
  const [startMs, leastMs] = [now(), GRACE_MS];
  for (;;) {
    const waiting = crowd.waitingTiles;
    const elapsedMs = now() - startMs;
    if ((waiting === 0 && elapsedMs > leastMs) || elapsedMs > SETTLE_WITHIN_MS) {
      return {
        outcome: waiting === 0 ? 'all tiles flow' : `${waiting} tiles do not begin`,
        value: undefined,
      };
    }
    report(`${waiting} tiles to come`);
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function measure(
  crowd: Crowd,
  { durationMs, churnPerMinute }: LoadOptions,
  signal: AbortSignal,
  report: Report,
) {
  await crowd.beginWindow();
  const endMs = now() + durationMs;
  const stop = new AbortController();
  const churn = keepChanging(crowd, churnPerMinute, AbortSignal.any([signal, stop.signal]));
  while (now() < endMs) {
    const restMs = endMs - now();
    report(`${Math.ceil(restMs / 1000)} s left`);
    await delay(Math.min(restMs, 1000), undefined, { signal });
  }
  stop.abort();
  await churn;
  return { outcome: 'done', value: await crowd.measure() };
}

/** Somebody leaves and somebody of the same kind comes, again and again. Resolves when the last of them is in. */
async function keepChanging(crowd: Crowd, perMinute: number, signal: AbortSignal): Promise<void> {
  if (perMinute === 0) return;
  const random = seededRandom(SEED);
  const changing: Promise<void>[] = [];
  for (;;) {
    await delay(60_000 / perMinute, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    changing.push(replace(crowd, random));
  }
  await Promise.all(changing);
}

async function replace(crowd: Crowd, random: () => number): Promise<void> {
  const [leaver] = sample(crowd.participants, 1, random);
  const part = leaver && crowd.partOf(leaver);
  if (!leaver || !part) return;
  await crowd.leave(leaver);
  await crowd.join(part);
}
