/**
 * Every page and dialog there is beside the meeting itself, as states to look at. What is new in the product gets a line
 * here: how one comes to it, from wherever the page was before.
 */
import { at, button, press, type State, type World } from './accessibility-world.ts';

const landing = ({ url, guest }: World) => at(guest.page, url, 'New meeting');
const rooms = ({ url, mia }: World) => at(mia.page, `${url}/rooms`, 'Weekly planning');
const account = ({ url, mia }: World) => at(mia.page, `${url}/account`, 'Sessions');
const signIn = async (world: World) => press(await landing(world), 'Sign in');

export const PAGES: State[] = [
  { name: 'landing, as a guest', open: landing },
  {
    name: 'landing, with a code that is none',
    open: async (world) => {
      const page = await landing(world);
      await page.getByLabel('Code or link').fill('nonsense');
      await page.getByLabel('Code or link').press('Enter');
      await page.getByText('A code has 10 letters').waitFor();
      return page;
    },
  },
  { name: 'choice of language', open: async (world) => press(await landing(world), 'Language') },
  { name: 'choice of light or dark', open: async (world) => press(await landing(world), 'Light or dark') },
  { name: 'sign in', open: signIn },
  {
    name: 'sign in, refused',
    open: async (world) => {
      const page = await signIn(world);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Email').fill('nobody@example.org');
      await dialog.getByLabel('Password', { exact: true }).fill('not the password');
      await button(dialog, 'Sign in').click();
      await dialog.getByRole('alert').waitFor();
      return page;
    },
  },
  {
    name: 'create an account, with mistakes',
    open: async (world) => {
      const page = await press(await signIn(world), 'Create account');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Email').fill('nobody');
      await button(dialog, 'Create account').click();
      await dialog.getByText('This is not an email address').waitFor();
      return page;
    },
  },
  {
    name: 'no such page',
    open: ({ url, guest }) => at(guest.page, `${url}/nowhere`, 'There is no page here'),
  },
  {
    name: 'no such meeting',
    open: ({ url, guest }) => at(guest.page, `${url}/r/bab-baba-bab`, 'There is no such meeting'),
  },
  {
    name: 'a page that needs an account',
    open: ({ url, guest }) => at(guest.page, `${url}/rooms`, 'Sign in to see'),
  },
  { name: 'landing, signed in', open: ({ url, mia }) => at(mia.page, url, 'Weekly planning') },
  {
    name: 'account menu',
    open: async ({ url, mia }) => press(await at(mia.page, url, 'Weekly planning'), /^Account of/),
  },
  {
    name: 'rooms, none yet',
    open: ({ url, newcomer }) => at(newcomer.page, `${url}/rooms`, 'No meetings yet'),
  },
  { name: 'rooms', open: rooms },
  { name: 'new room', open: async (world) => press(await rooms(world), 'New meeting') },
  { name: 'menu of a room', open: async (world) => press(await rooms(world), /^More for/) },
  {
    name: 'settings of a room',
    open: async (world) => press(await rooms(world), /^More for/, 'Name and settings'),
  },
  { name: 'deleting a room', open: async (world) => press(await rooms(world), /^More for/, 'Delete') },
  {
    name: 'past meetings of a room, none yet',
    open: async (world) => {
      const page = await press(await rooms(world), /^More for/, 'Past meetings');
      await page.getByRole('heading', { name: /^Past meetings of/ }).waitFor();
      return page;
    },
  },
  { name: 'account', open: account },
  {
    name: 'signing out everywhere',
    open: async (world) => press(await account(world), 'Sign out everywhere'),
  },
  { name: 'deleting the account', open: async (world) => press(await account(world), 'Delete the account') },
  { name: 'connection check', open: ({ url, guest }) => at(guest.page, `${url}/doctor`, 'Connection check') },
  {
    name: 'connection check, refused devices',
    open: async ({ refused, link, url }) => {
      const { page } = refused;
      await at(page, `${url}/doctor?meeting=${link.split('/').at(-1)}`, 'Connection check');
      await press(page, 'Start the check');
      await button(page, 'Copy report').waitFor({ timeout: 60_000 });
      return page;
    },
  },
  {
    name: 'media server, for others',
    open: ({ url, newcomer }) => at(newcomer.page, `${url}/admin`, 'This page is for admins'),
  },
  {
    name: 'media server, with a meeting looked into',
    open: async ({ url, mia, guest, link }) => {
      await guest.join(link);
      const page = await at(mia.page, `${url}/admin`, 'Workers');
      await page.getByRole('button', { name: 'Weekly planning' }).click();
      await page.getByRole('table', { name: 'Peers of Weekly planning' }).getByText('Gus').waitFor();
      return page;
    },
    close: ({ guest }) => guest.press('Leave'),
  },
  {
    name: 'draining a worker',
    open: async ({ url, mia }) => press(await at(mia.page, `${url}/admin`, 'Workers'), 'Drain worker 0'),
  },
  {
    name: 'pre-join, as a guest',
    open: async ({ guest, link }) => {
      await guest.page.goto(link);
      await guest.prepareToJoin(link);
      return guest.page;
    },
  },
  {
    name: 'pre-join, with a menu of devices',
    open: async ({ mia, link }) => {
      await mia.page.goto(link);
      await mia.prepareToJoin(link);
      await mia.page.getByRole('combobox', { name: 'Camera' }).click();
      return mia.page;
    },
  },
  {
    name: 'pre-join, as a viewer',
    open: ({ guest, watching }) => at(guest.page, watching, /You come in as a viewer/),
  },
  {
    name: 'pre-join, refused devices',
    open: async ({ refused, link }) => at(refused.page, link, /blocked/),
  },
];
