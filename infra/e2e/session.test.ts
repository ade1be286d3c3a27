/** Who is signed in is found out by the pages that need an account, and by no others. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Participant } from '../browser/participant.ts';
import { startService, type Service } from './service.ts';

let service: Service;
let mia: Participant;
let link: string;

beforeAll(async () => {
  service = await startService();
  mia = await Participant.open({ name: 'Mia', url: service.url });
  await mia.signUp('mia@example.org', 'correct horse battery');
  link = await mia.createRoom('Standup');
}, 900_000);

afterAll(async () => {
  await mia?.close();
  await service?.stop();
}, 60_000);

/** The exchanges of the refresh cookie that a page asks for from now on. */
function refreshesOf({ page }: Participant): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/auth/refresh')) seen.push(page.url());
  });
  return seen;
}

it('a browser that has lost all but its cookies is still signed in', async () => {
  const refreshes = refreshesOf(mia);
  await mia.page.evaluate(() => localStorage.clear());
  await mia.page.goto(`${service.url}/rooms`);
  await mia.page.getByText('Standup').waitFor();
  expect(refreshes).toEqual([`${service.url}/rooms`]);
  expect(mia.errors).toEqual([]);
}, 120_000);

it('who signs out is not asked for again', async () => {
  const refreshes = refreshesOf(mia);
  await mia.page.getByRole('button', { name: /^Account of/ }).click();
  await mia.page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await mia.page.getByText('Video meetings').first().waitFor();
  await mia.page.goBack();
  await mia.page.getByText('Sign in to see this page').waitFor();
  expect(refreshes).toEqual([]);
}, 120_000);

it('a stranger is asked for once, by a page that needs an account', async () => {
  const zoe = await mia.another('Zoe');
  const refreshes = refreshesOf(zoe);
  for (const [path, heading] of [
    ['/', 'Video meetings'],
    ['/doctor', 'Connection check'],
    ['/nowhere', 'There is no page here'],
    [new URL(link).pathname, 'Standup'],
  ] as const) {
    await zoe.page.goto(`${service.url}${path}`);
    await zoe.page.getByText(heading).first().waitFor();
  }
  expect({ refreshes, errors: zoe.errors }).toEqual({ refreshes: [], errors: [] });
  await zoe.page.goto(`${service.url}/rooms`);
  await zoe.page.getByText('Sign in to see this page').waitFor();
  expect(refreshes).toEqual([`${service.url}/rooms`]);
}, 120_000);
