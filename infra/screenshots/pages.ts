/** The pages around the meetings. */
import type { Participant } from '../browser/participant.ts';
import { shoot } from './shoot.ts';

/** @returns the link of the first of three meetings that are hers */
export async function shootPages(mia: Participant): Promise<string> {
  const { page, url } = mia;
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

  await page.goto(`${url}/doctor?meeting=${link.split('/').at(-1)}`);
  await mia.press('Start the check');
  await page.getByRole('button', { name: 'Copy report' }).waitFor({ timeout: 120_000 });
  await shoot(page, 'doctor');
  return link;
}

export async function shootDenied(denied: Participant, link: string): Promise<void> {
  const { page } = denied;
  await page.goto(link);
  await page.getByRole('button', { name: 'Join', exact: true }).waitFor();
  await page
    .getByText(/blocked|denied|not allowed|permission/i)
    .first()
    .waitFor();
  await shoot(page, 'prejoin-denied');
}

/** A password and a lobby for a meeting, and how its settings look. */
export async function guardDoor({ page, url }: Participant, password: string): Promise<void> {
  await page.goto(`${url}/rooms`);
  await page.getByRole('button', { name: 'More for Weekly planning' }).click();
  await page.getByRole('menuitem', { name: 'Name and settings' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Let people in one by one').check();
  await dialog.getByLabel('Ask for a password').check();
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await shoot(page, 'room-settings');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** After the meeting, for its owner. */
export async function shootPast({ page, url }: Participant): Promise<void> {
  await page.goto(`${url}/rooms`);
  await page.getByRole('button', { name: 'More for Weekly planning' }).click();
  await page.getByRole('menuitem', { name: 'Past meetings' }).click();
  const first = page.getByRole('table').getByRole('link').first();
  await first.waitFor();
  await shoot(page, 'past-meetings');
  await first.click();
  await page.getByText('Download as CSV').waitFor();
  await shoot(page, 'past-meeting');
}
