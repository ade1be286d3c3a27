/** Some states in German, whose words are longer: what has the most of them, and the least room. */
import type { Page } from 'playwright-core';
import { at, button, press, type State, type World } from './accessibility-world.ts';

/** From the next load of the page on. */
async function inGerman({ mia: { page } }: World): Promise<Page> {
  await page.addInitScript(() => localStorage.setItem('vcallpe.language', 'de'));
  return page;
}

async function opened({ mia: { page } }: World, ...names: (string | RegExp)[]): Promise<Page> {
  // A dialog or a menu closes, and then a panel.
  while ((await page.locator('[role=dialog], [role=menu], aside').count()) > 0) {
    await page.keyboard.press('Escape');
    const close = button(page, /^(Personen|Umfragen|Verbindungsqualität) schließen$/);
    if (await close.isVisible()) await close.click();
  }
  return press(page, ...names);
}

export const GERMAN: State[] = [
  {
    name: 'in German: landing, signed in',
    open: async (world) => at(await inGerman(world), world.url, 'Weekly planning'),
  },
  {
    name: 'in German: settings of a room',
    open: async ({ url, mia: { page } }) => {
      await at(page, `${url}/rooms`, 'Weekly planning');
      return press(page, 'Mehr zu Weekly planning', 'Name und Einstellungen');
    },
  },
  {
    name: 'in German: connection check',
    open: ({ url, mia: { page } }) => at(page, `${url}/doctor`, 'Verbindungstest'),
  },
  {
    name: 'in German: pre-join',
    open: async ({ link, mia: { page } }) => {
      await page.goto(link);
      await button(page, 'Beitreten').waitFor();
      return page;
    },
  },
  {
    name: 'in German: more',
    open: async (world) => {
      await press(world.mia.page, 'Beitreten');
      await button(world.mia.page, 'Verlassen').waitFor();
      return opened(world, 'Mehr');
    },
  },
  { name: 'in German: settings', open: (world) => opened(world, 'Mehr', 'Einstellungen') },
  { name: 'in German: people', open: (world) => opened(world, /^Personen/) },
  { name: 'in German: a poll being made', open: (world) => opened(world, 'Umfragen', 'Neue Umfrage') },
  {
    name: 'in German: quality of the connection',
    open: (world) => opened(world, 'Mehr', 'Verbindungsqualität'),
  },
];
