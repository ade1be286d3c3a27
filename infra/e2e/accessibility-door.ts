/** A meeting with a password and a lobby: the door from both sides, its end, and what is left of it. */
import { button, press, PASSWORD, type State, type World } from './accessibility-world.ts';
import type { Participant } from '../browser/participant.ts';

async function ask(person: Participant, { guarded }: World, password: string): Promise<void> {
  const { page } = person;
  await page.goto(guarded);
  await page.getByLabel('Password of the meeting').fill(password);
  const name = page.getByLabel('Your name');
  if (await name.isVisible()) await name.fill(person.name);
  await button(page, 'Ask to join').click();
}

export const DOOR: State[] = [
  {
    name: 'a password asked for, and a wrong one given',
    open: async (world) => {
      const { guest } = world;
      await ask(guest, world, 'not the password');
      await guest.page.getByText('That isn’t the password').first().waitFor();
      return guest.page;
    },
  },
  {
    name: 'two who knock, as a host sees it',
    open: async (world) => {
      const { mia, guest, newcomer, guarded } = world;
      await mia.join(guarded);
      await ask(guest, world, PASSWORD);
      await ask(newcomer, world, PASSWORD);
      await mia.page.getByText('and 1 other want to join').first().waitFor();
      return mia.page;
    },
  },
  {
    name: 'waiting page, with a message',
    open: async ({ mia, guest }) => {
      await mia.press('View');
      await mia.page.getByLabel('Message to those who wait').fill('Two minutes');
      await mia.press('Send');
      await guest.page.getByText('Two minutes').waitFor();
      return guest.page;
    },
  },
  {
    name: 'people, with a lobby',
    open: async ({ mia }) => {
      await mia.page.getByRole('heading', { name: 'Waiting (2)' }).waitFor();
      return mia.page;
    },
  },
  {
    name: 'turned away',
    open: async ({ mia, guest }) => {
      await mia.press('Turn away Gus');
      await guest.page.getByText('You can’t join this meeting').first().waitFor();
      return guest.page;
    },
  },
  {
    name: 'people, with a lobby, and somebody who is not let in',
    open: async ({ mia }) => {
      await button(mia.page, 'Let back in: Gus').waitFor();
      await mia.page.getByText('everyone new has to be let in').waitFor();
      return mia.page;
    },
  },
  {
    name: 'ended for all',
    open: async ({ mia, newcomer }) => {
      await mia.press('Admit Ned');
      await button(newcomer.page, 'Leave').waitFor();
      await mia.press('End for all');
      await button(mia.page.getByRole('alertdialog'), 'End for all').click();
      await newcomer.page.getByText('A host has ended it for everyone').waitFor();
      return newcomer.page;
    },
  },
  {
    name: 'past meetings',
    open: async ({ mia: { page }, url }) => {
      await page.goto(`${url}/rooms`);
      await press(page, 'More for Class', 'Past meetings');
      await page.getByRole('table').getByRole('link').first().waitFor();
      return page;
    },
  },
  {
    name: 'a past meeting',
    open: async ({ mia: { page } }) => {
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByText('Mia turned Gus away').waitFor();
      return page;
    },
  },
];
