import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';

export const FOLDER = resolve(import.meta.dirname, '../../docs/screenshots');
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

/** Begins with no pictures, so that none is left of what does not exist any more. */
export async function clearFolder(): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
}

interface ShootOptions {
  /** What has to be so at this size: done before the picture, whose motion is then not waited for. */
  passing?: () => Promise<void>;
}

/** Takes the page at both widths, and leaves it at desktop width. */
export async function shoot(page: Page, name: string, { passing }: ShootOptions = {}): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES).reverse()) {
    await page.setViewportSize(viewport);
    // Nothing is pointed at.
    await page.mouse.move(0, 0);
    await pictures(page);
    await passing?.();
    // Two frames: one for the layout that follows the new size, one to paint it. Then what moves has come to rest.
    await page.evaluate(async (rest) => {
      for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
      if (!rest) return;
      const finite = document
        .getAnimations()
        .filter((each) => each.effect?.getTiming().iterations !== Infinity);
      await Promise.allSettled(finite.map((each) => each.finished));
    }, !passing);
    await page.screenshot({ path: `${FOLDER}/${name}-${size}.png` });
  }
  console.log(`▸ ${name}`);
}

/** Whoever sends a picture is seen. */
async function pictures(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const tiles = [...document.querySelectorAll('[role=group][data-peer]')];
    const videos = tiles.flatMap((tile) => [...tile.querySelectorAll('video')]);
    return (
      tiles.every((tile) => tile.getAttribute('aria-busy') !== 'true') &&
      videos.every(({ videoWidth }) => videoWidth > 0)
    );
  });
}

/** Devices are called as they are on somebody's desk, and not as those of a test. */
export async function nameDevices(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const { prototype } of [MediaDeviceInfo, MediaStreamTrack]) {
      Object.defineProperty(prototype, 'label', {
        get(this: { kind: string }) {
          if (this.kind.startsWith('video')) return 'HD camera';
          return this.kind === 'audiooutput' ? 'Headphones' : 'Headset microphone';
        },
      });
    }
  });
}

/** Toasts of what was done to come to a state are no part of it. */
export async function noToasts(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll('[role=status] > p').length === 0);
}
