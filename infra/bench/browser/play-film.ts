/** People without a browser who send a film that browsers decode. */
import { join } from 'node:path';
import { launchChromium } from '../../browser/chromium.ts';
import { Assistant } from '../assistant.ts';
import type { SfuEntry } from '../rivals/sfu.ts';
import { recordFilm, type FilmFrame } from './film.ts';
import type { FilmMethods } from './film-peers.ts';

/** @param url an origin on this machine, which is secure enough for an encoder */
export async function recordFilmAt(url: string): Promise<FilmFrame[]> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return await recordFilm(page);
  } finally {
    await browser.close();
  }
}

/** Fills an SFU with so many people who send the film. Returns what ends them. */
export async function playFilm(
  entry: SfuEntry,
  count: number,
  film: FilmFrame[],
): Promise<() => Promise<void>> {
  const senders = new Assistant<FilmMethods>(
    'The process of the film',
    join(import.meta.dirname, 'film-peers.ts'),
  );
  try {
    await senders.ask('play', { entry, count, film });
  } catch (error) {
    await senders.stop();
    throw error;
  }
  return () => senders.stop();
}
