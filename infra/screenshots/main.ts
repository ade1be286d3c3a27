/** `npm run screenshots`: every page at desktop and phone width, taken from the running product, into docs/screenshots. */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { Portrait } from '../browser/camera.ts';
import type { BrowserOptions } from '../browser/chromium.ts';
import { Participant } from '../browser/participant.ts';
import { prepareBrowserRun } from '../browser/prepare.ts';
import { startService } from '../e2e/service.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/screenshots');
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

const MIA: Portrait = { wall: [120, 136], shirt: [140, 112], face: 150, hair: 40 };
const BEN: Portrait = { wall: [136, 116], shirt: [112, 150], face: 110, hair: 28 };

/** Takes the page at both widths, and leaves it at desktop width. */
async function shoot(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES).reverse()) {
    await page.setViewportSize(viewport);
    // Two frames: one for the layout that follows the new size, one to paint it. Then what moves has come to rest.
    await page.evaluate(async () => {
      for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
      const finite = document
        .getAnimations()
        .filter((each) => each.effect?.getTiming().iterations !== Infinity);
      await Promise.allSettled(finite.map((each) => each.finished));
    });
    await page.screenshot({ path: `${FOLDER}/${name}-${size}.png` });
  }
  console.log(`▸ ${name}`);
}

async function takeAll(url: string, people: Participant[]): Promise<void> {
  const open = async (name: string, options: BrowserOptions = {}) => {
    const person = await Participant.open({ name, url, fps: 10, ...options });
    people.push(person);
    return person;
  };
  const mia = await open('Mia Okafor', { tone: 500, portrait: MIA });
  const { page } = mia;

  await page.goto(url);
  await page.getByRole('button', { name: 'New meeting' }).waitFor();
  await shoot(page, 'landing');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'landing-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'sign-in');
  await mia.signUp('mia@example.org', 'correct horse battery');

  await page.goto(`${url}/rooms`);
  await page.getByRole('button', { name: 'New meeting' }).first().waitFor();
  await shoot(page, 'rooms-empty');
  const link = await mia.createRoom('Weekly planning');
  await mia.createRoom('Design review');
  await mia.createRoom('Coffee, anyone?');
  await page.goto(`${url}/rooms`);
  await page.getByText('Weekly planning').waitFor();
  await shoot(page, 'rooms');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'rooms-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(url);
  await page.getByText('Weekly planning').waitFor();
  await shoot(page, 'landing-signed-in');
  await page.goto(`${url}/account`);
  await page.getByText('mia@example.org').first().waitFor();
  await shoot(page, 'account');

  await page.goto(`${url}/nowhere`);
  await page.getByRole('link').first().waitFor();
  await shoot(page, 'not-found');
  await page.goto(`${url}/r/bab-baba-bab`);
  await page.getByRole('heading').first().waitFor();
  await shoot(page, 'room-not-found');
  await page.goto(`${url}/api/docs`);
  await page.getByText('/rooms/{code}/join').waitFor();
  await shoot(page, 'api-docs');

  const denied = await open('Nora', { grantMedia: false });
  await denied.page.goto(link);
  await denied.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
  await denied.page
    .getByText(/blocked|denied|not allowed|permission/i)
    .first()
    .waitFor();
  await shoot(denied.page, 'prejoin-denied');
  await denied.close();

  await mia.prepareToJoin(link);
  await shoot(page, 'prejoin');
  await mia.clickJoin();
  await page.getByText(/only one here/i).waitFor();
  await shoot(page, 'meeting-alone');

  const ben = await open('Ben Adeyemi', { tone: 880, portrait: BEN });
  await ben.join(link);
  const zoe = await open('Zoë Lindqvist', { tone: 1330 });
  await zoe.join(link);
  await zoe.press('Turn camera off');
  await ben.press('Mute');
  await mia.seesMoving('Ben Adeyemi');
  await mia.waitForTile('Zoë Lindqvist', { 'data-speaking': 'true', 'data-video': 'off' });
  await mia.waitForTile('Ben Adeyemi', { 'data-muted': 'true' });
  await shoot(page, 'meeting');
  await mia.press('Leave');
  await page.getByRole('button', { name: 'Rejoin' }).waitFor();
  await shoot(page, 'left');
}

await prepareBrowserRun();
await mkdir(FOLDER, { recursive: true });
const service = await startService();
const people: Participant[] = [];
try {
  await takeAll(service.url, people);
} finally {
  await Promise.all(people.map((person) => person.close()));
  await service.stop();
}
console.log(`\nThe pictures are in ${FOLDER}`);
