/**
 * Twelve cameras on one page in headless Chromium: VCallPe's meeting against a page that has mediasoup-client and nothing
 * else. Both get the same film from as many senders, show it in tiles of the same size, and take turns.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../../browser/chromium.ts';
import { Participant } from '../../browser/participant.ts';
import { quantile, writeResult } from '../report.ts';
import { startBareSfu } from '../rivals/bare.ts';
import { startVcallpe } from '../rivals/vcallpe.ts';
import { printTable, type Row } from '../table.ts';
import { buildBarePage } from './bare-build.ts';
import { watchConnections } from './connections.ts';
import { FILM } from './film.ts';
import { playFilm, recordFilmAt } from './play-film.ts';
import { watchGrid, type Playing } from './watch-grid.ts';

const SENDERS = 12;
const ROUNDS = 3;
const WINDOW_MS = 12_000;
const VIEWPORT = { width: 1280, height: 800 };
/** Of what the bare page decodes and shows. */
const AIM = 0.95;

/** A tile, px. */
interface Size {
  width: number;
  height: number;
}

export async function benchGrid(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vcallpe-grid-'));
  const ends: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    await buildBarePage(folder);
    const bare = await startBareSfu(folder);
    ends.push(bare.stop);
    const vcallpe = await startVcallpe({ WORKERS: '1' });
    ends.push(vcallpe.stop);
    const { url, roomCode } = vcallpe.entry;

    const film = await recordFilmAt(bare.url);
    for (const entry of [{ sfu: 'bare', url: bare.url } as const, vcallpe.entry]) {
      ends.push(await playFilm(entry, SENDERS, film));
    }

    const own: Playing[] = [];
    const rival: Playing[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { size, ...playing } = await watchMeeting(url, `${url}/r/${roomCode}`);
      own.push(playing);
      rival.push(await watchBarePage(bare.url, size));
      console.log(
        `round ${round}/${ROUNDS}: VCallPe ${describe(own.at(-1))}; bare page ${describe(rival.at(-1))}`,
      );
    }
    const rows = judge(own, rival);
    const file = await writeResult('grid', {
      what: `${SENDERS} cameras of ${FILM.width}×${FILM.height} at ${FILM.fps} fps on one page of headless Chromium`,
      windowMs: WINDOW_MS,
      vcallpe: own,
      mediasoupClient: rival,
    });
    printTable(`A page of ${SENDERS} videos`, rows);
    console.log(`written to ${file}`);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function watchMeeting(url: string, link: string): Promise<Playing & { size: Size }> {
  const guest = await Participant.open({ name: 'Mia', url, viewport: VIEWPORT });
  try {
    await watchConnections(guest.page);
    await guest.prepareToJoin(link);
    // The bare page sends nothing either.
    await guest.press('Turn camera off');
    await guest.press('Mute');
    await guest.clickJoin();
    const playing = await watchGrid(guest.page, SENDERS, WINDOW_MS);
    return { ...playing, size: await tileSize(guest) };
  } finally {
    await guest.close();
  }
}

async function tileSize({ page }: Participant): Promise<Size> {
  const box = await page.locator('[role="group"] video').first().boundingBox();
  if (!box) throw new Error('There is no tile with a video');
  return { width: Math.round(box.width), height: Math.round(box.height) };
}

async function watchBarePage(url: string, { width, height }: Size): Promise<Playing> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await watchConnections(page);
    await page.goto(`${url}/?width=${width}&height=${height}`);
    return await watchGrid(page, SENDERS, WINDOW_MS);
  } finally {
    await browser.close();
  }
}

function judge(own: readonly Playing[], rival: readonly Playing[]): Row[] {
  const medians = (key: keyof Playing) =>
    [own, rival].map((rounds) =>
      quantile(
        rounds.map((round) => round[key]),
        0.5,
      ),
    ) as [number, number];
  const compare = (what: string, key: keyof Playing): Row => {
    const [ours, theirs] = medians(key);
    const ratio = ours / theirs;
    return {
      what,
      aim: `≥ ${AIM} ×`,
      measured: `${ratio.toFixed(3)} × (${ours.toFixed(1)}, ${theirs.toFixed(1)})`,
      ok: ratio >= AIM,
    };
  };
  const tell = (what: string, key: keyof Playing, digits: number): Row => {
    const [ours, theirs] = medians(key);
    return { what, aim: '', measured: `${ours.toFixed(digits)}, ${theirs.toFixed(digits)}`, ok: undefined };
  };
  return [
    compare('frames decoded each second, against mediasoup-client', 'decodedFps'),
    compare('frames shown each second, against mediasoup-client', 'shownFps'),
    tell('share of frames shown too late, and with mediasoup-client', 'lateShare', 3),
    tell('frames dropped by WebRTC, and with mediasoup-client', 'dropped', 0),
    tell('CPU of the browser in cores, and with mediasoup-client', 'browserCpu', 2),
  ];
}

function describe(playing: Playing | undefined): string {
  if (!playing) return 'nothing';
  const { decodedFps, shownFps, dropped, browserCpu } = playing;
  return [
    `${decodedFps.toFixed(1)} fps decoded`,
    `${shownFps.toFixed(1)} shown`,
    `${dropped} dropped`,
    `${browserCpu.toFixed(2)} cores`,
  ].join(', ');
}
