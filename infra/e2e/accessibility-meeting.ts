/** The states of a meeting that goes on, for who is in it. Mia stays in it from one to the next, as coming in takes time. */
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { button, press, type State, type World } from './accessibility-world.ts';

const OVER_THE_PAGE = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

/** Closes whatever is open over the stage or beside it. */
async function clear(page: Page): Promise<void> {
  await until('nothing to be open', async () => {
    if ((await page.locator(OVER_THE_PAGE).count()) === 0) return true;
    await page.keyboard.press('Escape');
    return false;
  });
  const close = button(page, /^Close (Chat|People|Polls|Connection quality)$/);
  if (await close.isVisible()) await close.click();
}

async function meeting({ mia: { page }, mia, link }: World): Promise<Page> {
  // By its attribute: what is open over the page hides it from those who look for roles.
  const isIn = page.url() === link && (await page.locator('[role=toolbar]').count()) > 0;
  if (isIn) await clear(page);
  else {
    await page.goto(link);
    await mia.join(link);
  }
  return page;
}

async function withGuest(world: World): Promise<Page> {
  const page = await meeting(world);
  const { guest, mia, link } = world;
  if ((await mia.tile('Gus').count()) === 0) {
    await guest.page.goto(link);
    await guest.join(link);
    await mia.waitForTile('Gus');
  }
  return page;
}

const opened = async (world: World, ...names: (string | RegExp)[]) => press(await meeting(world), ...names);

async function dialog(world: World, name: string): Promise<Page> {
  const page = await opened(world, 'More', name);
  await page.getByRole('dialog').waitFor();
  return page;
}

async function chat(world: World): Promise<Page> {
  const page = await opened(world, /^Chat/);
  await page.getByRole('heading', { name: 'Chat' }).waitFor();
  return page;
}

async function onGuest(world: World, ...actions: string[]): Promise<Page> {
  const page = await press(await withGuest(world), /^People/, 'What you can do for Gus');
  for (const action of actions) await page.getByRole('menuitem', { name: action, exact: true }).click();
  return page;
}

const reads = async (page: Page, text: string | RegExp): Promise<Page> => {
  await page.getByText(text).first().waitFor();
  return page;
};

export const MEETING: State[] = [
  { name: 'meeting, alone', open: meeting },
  { name: 'menu of microphones', open: (world) => opened(world, 'Microphone and speaker') },
  { name: 'menu of cameras', open: (world) => opened(world, 'Camera') },
  { name: 'more', open: (world) => opened(world, 'More') },
  { name: 'keyboard shortcuts', open: (world) => dialog(world, 'Keyboard shortcuts') },
  { name: 'settings in the meeting', open: (world) => dialog(world, 'Settings') },
  { name: 'reactions', open: (world) => opened(world, 'React') },
  {
    name: 'emoji',
    open: async (world) => {
      const page = await press(await chat(world), 'Emoji');
      await page.getByRole('button', { name: '🚀' }).waitFor();
      return page;
    },
  },
  {
    name: 'chat, with a message, files, and one that can’t be sent',
    open: async (world) => {
      const page = await chat(world);
      await page.getByRole('textbox').fill('Hello, see https://example.org');
      await page.getByRole('textbox').press('Enter');
      await page.getByRole('link', { name: 'https://example.org' }).first().waitFor();
      await page.locator('input[type=file]').setInputFiles([
        { name: 'minutes.txt', mimeType: 'text/plain', buffer: Buffer.from('Minutes\n') },
        { name: 'stage.png', mimeType: 'image/png', buffer: await page.screenshot() },
        { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
      ]);
      await button(page, /^minutes\.txt .*Save$/).waitFor();
      await page.getByRole('img', { name: 'Picture stage.png' }).waitFor();
      return reads(page, 'empty.txt is empty');
    },
  },
  { name: 'polls, none yet', open: (world) => opened(world, 'Polls') },
  { name: 'a poll being made', open: (world) => opened(world, 'Polls', 'New poll') },
  {
    name: 'a poll with results',
    open: async (world) => {
      const page = await opened(world, 'Polls', 'New poll');
      await page.getByLabel('Question').fill('Lunch?');
      await page.getByLabel('Answer 1').fill('Now');
      await page.getByLabel('Answer 2').fill('Later');
      await press(page, 'Ask');
      await page.getByRole('radio', { name: 'Later' }).check();
      return reads(page, '1 person has voted');
    },
  },
  { name: 'closing a poll', open: (world) => opened(world, /^Polls/, 'Close poll') },
  {
    name: 'people',
    open: async (world) => {
      const page = await opened(world, /^People/);
      await page.getByRole('list', { name: 'People in the meeting' }).waitFor();
      return page;
    },
  },
  {
    name: 'quality of the connection',
    open: async (world) => {
      const page = await opened(world, 'More', 'Connection quality');
      await page.getByRole('img', { name: /^Bitrate over the last two minutes/ }).waitFor();
      return reads(page, 'Round trip');
    },
  },
  { name: 'ending for all', open: (world) => opened(world, /^People/, 'End for all') },
  {
    name: 'screen shared',
    open: (world) => opened(world, 'Share screen'),
    close: ({ mia }) => stopSharing(mia),
  },
  {
    name: 'audio only',
    open: async (world) => reads(await opened(world, 'More', 'Audio only'), 'you receive no videos'),
    close: ({ mia }) => mia.press('Show videos'),
  },
  {
    name: 'refused devices',
    open: async ({ refused: { page }, link }) => {
      await page.goto(link);
      await page.getByLabel('Your name').fill('Nora');
      await press(page, 'Join');
      await button(page, 'Leave').waitFor();
      await press(page, 'Unmute');
      return reads(page, /blocked/);
    },
    close: ({ refused }) => refused.press('Leave'),
  },
  {
    name: 'meeting of two',
    open: async (world) => {
      const page = await withGuest(world);
      await world.mia.seesMoving('Gus');
      await world.guest.press('Mute');
      await world.mia.waitForTile('Gus', { 'data-muted': 'true' });
      return page;
    },
  },
  {
    name: 'hands and a private message',
    open: async (world) => {
      const page = await press(await withGuest(world), 'Raise hand');
      await world.guest.press('Raise hand');
      await press(page, /^Chat/);
      await page.getByRole('combobox', { name: 'To' }).click();
      await page.getByRole('option', { name: 'Gus' }).click();
      await page.getByRole('textbox').fill('Just for you');
      await page.getByRole('textbox').press('Enter');
      await reads(page, 'Privately to Gus');
      await page.getByRole('list', { name: 'Raised hands, in order' }).getByText('Gus').waitFor();
      return page;
    },
  },
  {
    name: 'somebody whose connection is lost',
    open: async (world) => {
      const page = await withGuest(world);
      world.wire.cut();
      await world.mia.waitForTile('Gus', { 'data-away': 'true' });
      return page;
    },
    close: async ({ mia, wire }) => {
      wire.mend();
      await mia.waitForTile('Gus', { 'data-away': 'false' });
    },
  },
  {
    name: 'somebody shares a screen',
    open: async (world) => {
      const page = await withGuest(world);
      await world.guest.press('Share screen');
      await button(page, 'Gus’s screen').waitFor();
      const video = world.mia.tile('Gus’s screen').locator('video');
      await until('its picture', () => video.evaluate((element: HTMLVideoElement) => element.videoWidth > 0));
      return page;
    },
    close: ({ guest }) => stopSharing(guest),
  },
  { name: 'what a host can do for one', open: (world) => onGuest(world) },
  { name: 'removing one', open: (world) => onGuest(world, 'Remove') },
  {
    name: 'asked to unmute',
    open: async (world) => {
      await onGuest(world, 'Ask to unmute');
      return reads(world.guest.page, 'Mia asks you to unmute');
    },
    close: ({ guest }) => guest.press('Not now'),
  },
  {
    name: 'shown to everyone',
    open: async (world) => {
      const page = await onGuest(world, 'Show to everyone');
      return reads(world.guest.page, 'Mia shows you to everyone').then(() => page);
    },
  },
  {
    name: 'a viewer',
    open: async (world) => {
      await onGuest(world, 'Make viewer');
      const { page } = world.guest;
      await reads(page, 'You are a viewer');
      expect(await button(page, 'Share screen').count()).toBe(0);
      return page;
    },
  },
  {
    name: 'left page of who was removed',
    open: async (world) => {
      const page = await onGuest(world, 'Remove');
      await button(page.getByRole('alertdialog'), 'Remove').click();
      return reads(world.guest.page, 'You were removed');
    },
  },
  {
    name: 'after the meeting',
    open: async (world) => {
      const page = await opened(world, 'Leave');
      await button(page, 'Rejoin').waitFor();
      return page;
    },
  },
];

async function stopSharing({ page }: Participant): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: 'Stop sharing' }).click();
}
