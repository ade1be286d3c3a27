/** A page of small black and white blocks, as fine as the strokes of text, and its reading at the other end of a share. */
import type { Browser, Page } from 'playwright-core';

/** A block is as wide as a stroke of 14 px text with some bold to it, px of the shared page. */
const BLOCK = 4;
const COLUMNS = 160;
const ROWS = 90;
/** Where the pattern begins, px from the left and the top of the page. */
const LEFT = 320;
const TOP = 180;

/** The page's size, px: what is captured is as large. */
const WIDTH = 1280;
const HEIGHT = 720;

/** Bits that look random and are the same for a seed: a linear congruential generator's upper bits. */
export function patternBits(seed: number): boolean[] {
  let state = seed;
  return Array.from({ length: COLUMNS * ROWS }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 31 === 1;
  });
}

/**
 * Opens a page that shows the pattern and plays a tone. It changes a little all the time, as pages with a cursor do. It has
 * a window of its own, so that the meeting stays in sight, too.
 */
export async function openPattern(
  browser: Browser,
  title: string,
  seed: number,
  hertz: number,
): Promise<Page> {
  const tab = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  await tab.setContent(`<title>${title}</title><body style="margin:0;background:#fff">`);
  await tab.evaluate(
    ({ bits, columns, block, left, top, frequency }) => {
      const canvas = document.createElement('canvas');
      canvas.width = columns * block;
      canvas.height = (bits.length / columns) * block;
      canvas.style.cssText = `position:absolute;left:${left}px;top:${top}px`;
      const context = canvas.getContext('2d');
      bits.forEach((black, i) => {
        if (black) context?.fillRect((i % columns) * block, Math.floor(i / columns) * block, block, block);
      });
      document.body.append(canvas);
      const cursor = document.createElement('div');
      cursor.style.cssText = 'position:absolute;left:20px;top:20px;width:8px;height:20px;background:#000';
      document.body.append(cursor);
      setInterval(() => (cursor.hidden = !cursor.hidden), 500);
      document.body.addEventListener('click', () => {
        const audio = new AudioContext();
        const tone = new OscillatorNode(audio, { frequency });
        tone.connect(new GainNode(audio, { gain: 0.4 })).connect(audio.destination);
        tone.start();
      });
    },
    { bits: patternBits(seed), columns: COLUMNS, block: BLOCK, left: LEFT, top: TOP, frequency: hertz },
  );
  // A browser plays nothing before somebody has touched the page.
  await tab.mouse.click(5, 5);
  return tab;
}

/**
 * Share of the pattern's bits that `page` reads right from the share of this peer.
 *
 * @throws while it shows none, with what it shows instead
 */
export async function readPattern(page: Page, name: string, seed: number): Promise<number> {
  const read = await page.evaluate(
    ({ label, columns, rows, block, left, top, width }) => {
      const tile = document.querySelector(`[role="group"][aria-label="${CSS.escape(label)}"]`);
      const video = tile?.querySelector('video');
      if (!tile) return 'no tile';
      if (!video || video.videoWidth === 0) {
        const { limited, video: has } = (tile as HTMLElement).dataset;
        return `no picture yet (video ${has}, limited ${limited}, loading ${tile.ariaBusy}): ${tile.textContent}`;
      }
      const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) return 'no context to draw on';
      context.drawImage(video, 0, 0);
      const scale = video.videoWidth / width;
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: columns * rows }, (_, i) => {
        const x = Math.floor((left + ((i % columns) + 0.5) * block) * scale);
        const y = Math.floor((top + (Math.floor(i / columns) + 0.5) * block) * scale);
        return (data[(y * canvas.width + x) * 4 + 1] ?? 0) < 128;
      });
    },
    { label: name, columns: COLUMNS, rows: ROWS, block: BLOCK, left: LEFT, top: TOP, width: WIDTH },
  );
  if (typeof read === 'string') throw new Error(read);
  const bits = patternBits(seed);
  return read.filter((black, i) => black === bits[i]).length / bits.length;
}
