/** How well a page of videos plays. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { until } from '../../browser/wait.ts';
import { readConnections } from './connections.ts';

/** After all videos play, before anything is counted, ms. */
const SETTLE_MS = 3_000;

export interface Playing {
  /** Of all videos together. */
  decodedFps: number;
  /** Decoded, and on the screen in time. */
  shownFps: number;
  /** Share of the frames that were decoded and not shown in time, 0 to 1. */
  lateShare: number;
  /** Frames that WebRTC dropped in the window, before or after it decoded them. */
  dropped: number;
  /** CPU of all processes of the browser, cores. */
  browserCpu: number;
}

/** Waits until `count` videos play, and watches them for a while. */
export async function watchGrid(page: Page, count: number, windowMs: number): Promise<Playing> {
  await until(`${count} videos to play`, async () => {
    const { inbound } = await readConnections(page);
    return inbound.filter(({ framesDecoded }) => framesDecoded > 0).length >= count;
  });
  await delay(SETTLE_MS);
  const before = await look(page);
  await delay(windowMs);
  const after = await look(page);
  const seconds = (after.at - before.at) / 1000;
  const late = after.late - before.late;
  const decoded = after.decoded - before.decoded;
  return {
    decodedFps: decoded / seconds,
    shownFps: (decoded - late) / seconds,
    lateShare: late / decoded,
    dropped: after.dropped - before.dropped,
    browserCpu: (after.cpuSeconds - before.cpuSeconds) / seconds,
  };
}

async function look(page: Page) {
  const { inbound } = await readConnections(page);
  const sum = (key: 'framesDecoded' | 'framesDropped') =>
    inbound.reduce((total, track) => total + track[key], 0);
  return {
    at: performance.now(),
    decoded: sum('framesDecoded'),
    dropped: sum('framesDropped'),
    late: await page.evaluate(() =>
      [...document.querySelectorAll('video')].reduce(
        (total, video) => total + video.getVideoPlaybackQuality().droppedVideoFrames,
        0,
      ),
    ),
    cpuSeconds: await browserCpuSeconds(page),
  };
}

async function browserCpuSeconds(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (!session) throw new Error('The page has no browser');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
