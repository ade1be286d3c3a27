/** From signing in to the end of a meeting without a mouse, and what a screen reader is told on the way. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { API_PREFIX, type JoinGrant } from '@vcallpe/shared';
import { heard, hearsSentence, listenTo } from '../browser/hearing.ts';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { enterRaw } from '../flows/raw-client.ts';
import { Keyboard } from './accessibility-keyboard.ts';
import { startService, type Service } from './service.ts';

let service: Service;
let mia: Participant;
/** With a mouse. */
let ben: Participant;
let page: Page;
let keys: Keyboard;

beforeAll(async () => {
  service = await startService();
  mia = await Participant.open({ name: 'Mia', url: service.url });
  ben = await mia.another('Ben');
  const account = { displayName: 'Mia', email: 'mia@example.org', password: 'correct horse battery' };
  const answer = await post('/auth/register', account);
  expect(answer.ok).toBe(true);
  await Promise.all([mia, ben].map(listenTo));
  page = mia.page;
  keys = new Keyboard(page);
}, 900_000);

afterAll(async () => {
  await mia?.close();
  await service?.stop();
}, 60_000);

describe('with the keyboard alone', () => {
  it('the first stop leads past the header', async () => {
    await page.goto(service.url);
    await keys.control('button', 'New meeting').waitFor();
    await keys.press('Tab');
    const skip = keys.control('link', 'Skip to the content');
    expect(await keys.isAt(skip)).toBe(true);
    // Seen only while it has the focus.
    await until('it to be seen', async () => ((await skip.boundingBox())?.y ?? -1) >= 0);
    await keys.press('Enter');
    await keys.press('Tab');
    expect(await keys.isAt(keys.control('button', 'New meeting'))).toBe(true);
  });

  it('the language is chosen in a menu, and changes the page where it stands', async () => {
    await keys.goTo('button', 'Language');
    await keys.press('Enter');
    await keys.control('menuitemradio', 'Deutsch').waitFor();
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await keys.control('button', 'Neue Besprechung').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await until('the focus to be back', () => keys.isAt(keys.control('button', 'Sprache')));
    await page.reload();
    await keys.control('button', 'Neue Besprechung').waitFor();
    await keys.goTo('button', 'Sprache');
    await keys.press('Enter');
    await keys.control('menuitemradio', 'English').waitFor();
    await keys.press('Home');
    await keys.press('Enter');
    await keys.control('button', 'New meeting').waitFor();
  });

  it('a dialog takes the focus, keeps it, and gives it back', async () => {
    await keys.goTo('button', 'Sign in');
    await keys.press('Enter');
    const dialog = page.getByRole('dialog');
    await until('the focus to be in the dialog', () => keys.isIn(dialog));
    for (let stop = 0; stop < 12; stop += 1) {
      await keys.press('Tab');
      expect(await keys.isIn(dialog)).toBe(true);
    }
    await keys.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await keys.isAt(keys.control('button', 'Sign in'))).toBe(true);
  });

  it('one signs in', async () => {
    await keys.press('Enter');
    const dialog = page.getByRole('dialog');
    await keys.goTo('textbox', 'Email');
    await keys.type('mia@example.org');
    await keys.press('Tab');
    await keys.type('correct horse battery');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await keys.control('button', 'Account of Mia').waitFor();
    await until('the focus to be at the content', () => keys.isAt(page.getByRole('main')));
  });

  it('makes a meeting, tries out the devices, and joins', async () => {
    await keys.goTo('button', 'New meeting');
    await keys.press('Enter');
    await keys.control('button', 'Join').waitFor();
    await until('the focus to be at the new page', () => keys.isIn(page.getByRole('main')));
    await keys.goTo('button', 'Turn camera off');
    await keys.press('Space');
    await keys.control('button', 'Turn camera on').waitFor();
    await keys.press('Space');
    await keys.goTo('combobox', 'Camera');
    await keys.press('ArrowDown');
    await page.getByRole('listbox').waitFor();
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    expect(await keys.isAt(keys.control('combobox', 'Camera'))).toBe(true);
    await keys.goTo('button', 'Join');
    await keys.press('Enter');
    await keys.control('button', 'Leave').waitFor();
    await until('the focus to be in the meeting', () => keys.isIn(page.getByRole('main')));
  });

  it('mutes, opens a menu and leaves it, and hears who comes', async () => {
    await keys.goTo('button', 'Mute');
    await keys.press('Space');
    await mia.waitForTile('Mia (you)', { 'data-muted': 'true' });
    await keys.press('Control+d');
    await mia.waitForTile('Mia (you)', { 'data-muted': 'false' });
    await keys.goTo('button', 'Microphone and speaker');
    await keys.press('Enter');
    await keys.control('menuitemradio', /./).waitFor();
    await keys.press('ArrowDown');
    await keys.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await keys.isAt(keys.control('button', 'Microphone and speaker'))).toBe(true);

    await ben.join(page.url());
    await hearsSentence(mia, 'Ben joined');
  });

  it('writes, and is told what others write while the chat is open', async () => {
    await keys.goTo('button', 'Chat');
    await keys.press('Enter');
    await keys.goTo('textbox', 'Message to everyone');
    await keys.type('Hello');
    await keys.press('Enter');
    await ben.press('Chat, 1 unread message');
    const field = ben.page.getByRole('textbox', { name: 'Message to everyone' });
    await field.fill('Good morning');
    await field.press('Enter');
    await hearsSentence(mia, 'Ben: Good morning');
    await keys.press('Escape');
    await until('the focus to be back', () => keys.isAt(keys.control('button', 'Chat')));
  });

  it('raises a hand and lowers it, reacts, and asks and votes', async () => {
    await keys.goTo('button', 'Raise hand');
    await keys.press('Enter');
    const hands = ben.page.getByRole('list', { name: 'Raised hands, in order' });
    await hands.getByText('Mia').waitFor();
    await keys.goTo('button', 'Lower hand');
    await keys.press('Enter');
    await hands.waitFor({ state: 'detached' });

    await keys.goTo('button', 'React');
    await keys.press('Enter');
    await keys.goTo('button', 'Applause');
    await keys.press('Enter');
    await hearsSentence(ben, 'Mia: Applause');
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await keys.goTo('button', 'Polls');
    await keys.press('Enter');
    await keys.goTo('button', 'New poll');
    await keys.press('Enter');
    for (const [label, words] of Object.entries({
      Question: 'Lunch?',
      'Answer 1': 'Now',
      'Answer 2': 'Later',
    })) {
      await keys.goTo('textbox', label);
      await keys.type(words);
    }
    await keys.goTo('button', 'Ask');
    await keys.press('Enter');
    await keys.goTo('radio', 'Now');
    await keys.press('Space');
    await page.getByText('1 person has voted').waitFor();
    await hearsSentence(ben, 'Mia asks: Lunch?');
    await keys.goTo('button', 'Close Polls');
    await keys.press('Enter');
  });

  it('mutes somebody as a host, pins a tile, and looks up the keys', async () => {
    await keys.goTo('button', 'People');
    await keys.press('Enter');
    await keys.goTo('button', 'What you can do for Ben');
    await keys.press('Enter');
    await keys.choose('Mute');
    await hearsSentence(ben, 'Mia muted you');
    await mia.waitForTile('Ben', { 'data-muted': 'true' });
    await keys.goTo('button', 'Close People');
    await keys.press('Enter');

    await keys.goTo('button', 'Pin Ben');
    await keys.press('Enter');
    await keys.control('button', 'Unpin Ben').waitFor();
    expect(await keys.isAt(keys.control('button', 'Unpin Ben'))).toBe(true);

    await keys.goTo('button', 'More');
    await keys.press('Enter');
    await keys.choose('Keyboard shortcuts');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await until('the focus to be back', () => keys.isAt(keys.control('button', 'More')));
    await ben.press('Leave');
    await hearsSentence(mia, 'Ben left');
  });

  it('is told in a few sentences when many come at once', async () => {
    const before = (await heard(mia)).length;
    const begin = performance.now();
    const crowd = await Promise.all(
      Array.from({ length: CROWD }, (_each, index) => comeIn(`Guest ${index}`)),
    );
    try {
      const sentences = await until('all of them to be told', async () => {
        const joined = (await heard(mia)).slice(before).filter((sentence) => sentence.endsWith('joined'));
        const people = joined.reduce((sum, sentence) => sum + peopleIn(sentence), 0);
        return people === CROWD ? joined : undefined;
      });
      // However long they take to come, there is time to hear each: two at most at the edges, and one each four seconds.
      const elapsedMs = performance.now() - begin;
      expect(sentences.length).toBeLessThanOrEqual(2 + elapsedMs / 4_000);
    } finally {
      for (const guest of crowd) guest.close();
    }
  });

  it('leaves, comes back, and leaves again', async () => {
    await keys.goTo('button', 'Leave');
    await keys.press('Enter');
    await keys.control('button', 'Rejoin').waitFor();
    await until('the focus to be at the new page', () => keys.isIn(page.getByRole('main')));
    await keys.goTo('button', 'Rejoin');
    await keys.press('Enter');
    await keys.control('button', 'Leave').waitFor();
    await keys.goTo('button', 'Leave');
    await keys.press('Enter');
    await keys.goTo('link', 'Home');
    await keys.press('Enter');
    await keys.control('button', 'New meeting').waitFor();
    expect(mia.errors).toEqual([]);
  });
});

const CROWD = 12;

const post = (path: string, body: unknown) =>
  fetch(`${service.url}${API_PREFIX}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** A guest without a browser. */
async function comeIn(displayName: string) {
  const code = page.url().split('/').at(-1);
  const response = await post(`/rooms/${code}/join`, { displayName });
  const client = await enterRaw((await response.json()) as JoinGrant);
  await client.request('join');
  return client;
}

/** How many a sentence speaks of: “Mia joined”, “Mia and Tom joined”, “Mia and 9 others joined”. */
function peopleIn(sentence: string): number {
  const others = /and (\d+) others/.exec(sentence)?.[1];
  return others === undefined ? sentence.split(/, | and /).length : Number(others) + 1;
}
