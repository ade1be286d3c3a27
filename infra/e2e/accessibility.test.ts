/**
 * Every page and dialog, light and dark, on a desk and on a phone: axe-core finds nothing, nothing moves unasked, and all of it
 * has room. The meeting on a phone that lies on its side, too, and some of it in German.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { routeThroughWire } from '../browser/wire.ts';
import { movementsOf, nestedRegionsOf, settle, violationsOf } from './accessibility-check.ts';
import { DOOR } from './accessibility-door.ts';
import { GERMAN } from './accessibility-german.ts';
import { MEETING } from './accessibility-meeting.ts';
import { PAGES } from './accessibility-states.ts';
import { PASSWORD, press, type State, type World } from './accessibility-world.ts';
import { overflowsOf } from './overflow-check.ts';
import { startService, type Service } from './service.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const VIEWPORTS = {
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  onItsSide: { width: 844, height: 390 },
};
interface Look {
  size: keyof typeof VIEWPORTS;
  colorScheme: 'light' | 'dark';
}
/** Each size once, and each scheme once. */
const LOOKS: Look[] = [
  { size: 'desk', colorScheme: 'light' },
  { size: 'phone', colorScheme: 'dark' },
];
/** The stage is dark in either. */
const ON_ITS_SIDE: Look = { size: 'onItsSide', colorScheme: 'light' };
/** A folder to keep a picture of each state in, for somebody to look at. */
const SCREENSHOTS = process.env['SCREENSHOTS'];
const fileName = (name: string) => name.replaceAll(/\W+/g, '-');
const looked = (states: State[], looks: Look[]) => states.map((state) => [state.name, state, looks] as const);
const STATES = [
  ...looked(PAGES, LOOKS),
  ...looked(MEETING, [...LOOKS, ON_ITS_SIDE]),
  ...looked(DOOR, LOOKS),
  ...looked(GERMAN, [...LOOKS, ON_ITS_SIDE]),
];

let service: Service;
let dataDir: string;
let world: World;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vcallpe-accessibility-'));
  service = await startService({ DATA_DIR: dataDir });
  const { url } = service;
  const mia = await Participant.open({ name: 'Mia', url, fps: 2 });
  const refused = await Participant.open({ name: 'Nora', url, grantMedia: false });
  const [newcomer, guest] = await Promise.all([mia.another('Ned'), mia.another('Gus')]);
  const wire = await routeThroughWire(guest);
  await mia.signUp('mia@example.org', 'correct horse battery');
  await newcomer.signUp('ned@example.org', 'another long password');
  const link = await mia.createRoom('Weekly planning');
  const watching = await mia.createRoom('Design review');
  await promisify(execFile)(process.execPath, ['infra/bootstrap.mjs', 'admin', 'grant', 'mia@example.org'], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', DATA_DIR: dataDir },
  });
  const guarded = await mia.createRoom('Class');
  await change(mia.page, 'Class', async (settings) => {
    await settings.getByLabel('Let people in one by one').check();
    await settings.getByLabel('Ask for a password').check();
    await settings.getByLabel('Password', { exact: true }).fill(PASSWORD);
  });
  await change(mia.page, 'Design review', (settings) => settings.getByLabel('New people only watch').check());
  world = { url, mia, newcomer, guest, wire, refused, link, guarded, watching };
  for (const { page } of [mia, newcomer, guest, refused]) {
    // Calm, so that nothing is looked at half-way; and that it is calm is looked at, too.
    await page.emulateMedia({ reducedMotion: 'reduce' });
  }
}, 900_000);

afterAll(async () => {
  await Promise.all([world?.mia, world?.refused].map((person) => person?.close()));
  await service?.stop();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
}, 60_000);

describe('axe-core finds nothing, nothing moves, and all has room', () => {
  it.each(STATES)(
    '%s',
    async (name, { open, close }, looks) => {
      try {
        const page = await open(world);
        expect(await problemsOf(page, name, looks)).toEqual({});
      } catch (error) {
        // So that those after it are as they should be.
        await close?.(world).catch(() => undefined);
        throw error;
      }
      await close?.(world);
    },
    120_000,
  );
});

/** @returns where each problem was seen, by what it is; the page is as it was then */
async function problemsOf(page: Page, name: string, looks: Look[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { size, colorScheme } of looks) {
    await page.setViewportSize(VIEWPORTS[size]);
    await page.emulateMedia({ colorScheme });
    await settle(page);
    if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${fileName(name)}-${size}.png`) });
    const moving = (await movementsOf(page)).map((element) => `moves: ${element}`);
    // First, because it waits for what is put in its place again.
    const overflows = await lastingOverflowsOf(page);
    const problems = [
      ...(await violationsOf(page)),
      ...moving,
      ...overflows,
      ...(await nestedRegionsOf(page)),
    ];
    for (const problem of problems) {
      (found[problem] ??= []).push(`${size} ${colorScheme}`);
    }
  }
  await page.setViewportSize(VIEWPORTS.desk);
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** An open menu is put in its place again a moment after the window has got another size. */
async function lastingOverflowsOf(page: Page): Promise<string[]> {
  let found: string[] = [];
  const hasRoom = async () => (found = await overflowsOf(page)).length === 0;
  await until('everything to have room', hasRoom, { withinMs: 3_000 }).catch(() => undefined);
  return found;
}

/** Changes the settings of a room, as its owner. */
async function change(page: Page, room: string, edit: (settings: Locator) => Promise<void>): Promise<void> {
  await page.goto(`${service.url}/rooms`);
  await press(page, `More for ${room}`, 'Name and settings');
  const dialog = page.getByRole('dialog');
  await edit(dialog);
  await press(page, 'Save');
  await dialog.waitFor({ state: 'detached' });
}
