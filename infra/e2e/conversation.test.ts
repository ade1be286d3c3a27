/** What people say beside sound and picture, in three real browsers: chat, a file, a poll, hands and reactions. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { routeThroughWire, type Wire } from '../browser/wire.ts';
import { startService, type Service } from './service.ts';

let service: Service;
let wire: Wire;
let mia: Participant;
let ben: Participant;
let zoe: Participant;
let link: string;

beforeAll(async () => {
  service = await startService();
  mia = await Participant.open({ name: 'Mia', url: service.url });
  [ben, zoe] = await Promise.all([mia.another('Ben'), mia.another('Zoe')]);
  await mia.signUp('mia@example.org', 'correct horse battery');
  link = await mia.createRoom('Standup');
  await mia.join(link);
  wire = await routeThroughWire(ben);
  await ben.join(link);
}, 900_000);

afterAll(async () => {
  await mia?.close();
  await service?.stop();
}, 60_000);

const openChat = async ({ page }: Participant) => {
  await page.getByRole('button', { name: /^Chat/ }).click();
  await page.getByRole('heading', { name: 'Chat' }).waitFor();
};
const write = async ({ page }: Participant, text: string) => {
  const field = page.getByRole('textbox', { name: /message/i });
  await field.fill(text);
  await field.press('Enter');
};
/** Messages as they stand there, oldest first, without those that are on their way. */
const reads = ({ page }: Participant) =>
  page
    .getByRole('group', { name: 'Messages' })
    .locator('li[data-seq]')
    .evaluateAll((items) => items.map((item) => item.querySelector('span[style]')?.textContent ?? ''));
const readsLast = (who: Participant, ...texts: string[]) =>
  until(`${who.name} to read ${texts.join(', ')}`, async () => {
    const all = await reads(who);
    return all.slice(-texts.length).join('|') === texts.join('|');
  });

describe('three people', () => {
  it('write to each other across a cut socket, and who comes late reads it', async () => {
    await openChat(mia);
    await write(mia, 'Hello, see https://example.org/agenda.');
    // Ben looks elsewhere, and hears of it.
    await ben.page.getByRole('button', { name: 'Chat, 1 unread message' }).waitFor();
    await openChat(ben);
    await readsLast(ben, 'Hello, see https://example.org/agenda.');
    const address = ben.page.getByRole('link', { name: 'https://example.org/agenda' });
    expect(await address.getAttribute('rel')).toContain('noopener');

    wire.cut();
    await ben.page.getByText('The server is out of reach for a moment').first().waitFor();
    await write(ben, 'Written without a connection');
    await ben.page.getByText('Goes out when the connection is back').waitFor();
    await write(mia, 'Said meanwhile');
    await readsLast(mia, 'Said meanwhile');
    wire.mend();
    for (const who of [mia, ben]) await readsLast(who, 'Said meanwhile', 'Written without a connection');

    await zoe.join(link);
    await openChat(zoe);
    await readsLast(
      zoe,
      'Hello, see https://example.org/agenda.',
      'Said meanwhile',
      'Written without a connection',
    );
  }, 180_000);

  it('write privately, and the third sees nothing of it', async () => {
    await ben.page.getByRole('combobox', { name: 'To' }).click();
    await ben.page.getByRole('option', { name: 'Mia' }).click();
    await write(ben, 'Just for you');
    await readsLast(mia, 'Just for you');
    await mia.page.getByText('Privately to you').waitFor();
    await write(mia, 'To all');
    await readsLast(zoe, 'Written without a connection', 'To all');
    await ben.page.getByRole('combobox', { name: 'To' }).click();
    await ben.page.getByRole('option', { name: 'Everyone' }).click();
  }, 120_000);

  it('send a file, and get it as it was', async () => {
    const content = 'Minutes of the meeting\n';
    await ben.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'minutes.txt', mimeType: 'text/plain', buffer: Buffer.from(content) });
    const card = zoe.page.getByRole('button', { name: /^minutes\.txt .*Save$/ });
    await card.waitFor();
    const [download] = await Promise.all([zoe.page.waitForEvent('download'), card.click()]);
    expect(download.suggestedFilename()).toBe('minutes.txt');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe(content);

    // A picture is drawn within the chat.
    const picture = await mia.page.screenshot();
    await mia.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'stage.png', mimeType: 'image/png', buffer: picture });
    const preview = zoe.page.getByRole('img', { name: 'Picture stage.png' });
    await until('Zoe to see it', () =>
      preview.evaluate((image) => (image as HTMLImageElement).naturalWidth > 0),
    );
  }, 120_000);

  it('ask and vote', async () => {
    await mia.press('Polls');
    await mia.press('New poll');
    await mia.page.getByLabel('Question').fill('Lunch?');
    await mia.page.getByLabel('Answer 1').fill('Now');
    await mia.page.getByLabel('Answer 2').fill('Later');
    await mia.press('Ask');
    for (const who of [ben, zoe]) {
      await who.page.getByRole('button', { name: 'Polls' }).click();
      await who.page.getByRole('radio', { name: 'Later' }).check();
    }
    const poll = mia.page.getByRole('article', { name: 'Lunch?' });
    await poll.getByText('2 people have voted').waitFor();
    await poll.getByText('100%, 2').waitFor();
    await poll.getByRole('button', { name: 'Close poll' }).click();
    await mia.page.getByRole('alertdialog').getByRole('button', { name: 'Close poll' }).click();
    await zoe.page.getByText('Closed', { exact: false }).last().waitFor();
    expect(await zoe.page.getByRole('radio', { name: 'Now' }).isDisabled()).toBe(true);
  }, 120_000);

  it('raise their hands in order, and react', async () => {
    await zoe.press('Raise hand');
    await mia.page.getByRole('list', { name: 'Raised hands, in order' }).getByText('Zoe').waitFor();
    await ben.press('Raise hand');
    const order = () =>
      mia.page.getByRole('list', { name: 'Raised hands, in order' }).getByRole('listitem').allTextContents();
    await until('both hands', async () => (await order()).join() === 'Zoe,Ben');
    await zoe.press('Lower hand');
    await until('the other', async () => (await order()).join() === 'Ben');

    await ben.press('React');
    await ben.page.getByRole('button', { name: 'Applause' }).click();
    await mia.page.locator('[data-reaction="👏"]').getByText('Ben').waitFor();

    for (const who of [mia, ben, zoe]) {
      // What a browser says of the socket that was cut is no fault of the page.
      const faults = who.errors.filter((error) => !/WebSocket|ERR_/.test(error));
      expect({ [who.name]: faults }).toEqual({ [who.name]: [] });
    }
  }, 120_000);

  it('go on when a panel fails, and open it again', async () => {
    await mia.page.evaluate(() => {
      const { toLocaleString } = Date.prototype;
      Date.prototype.toLocaleString = () => {
        throw new Error('Played: no times');
      };
      Object.assign(window, { mend: () => (Date.prototype.toLocaleString = toLocaleString) });
    });
    await mia.page.getByRole('button', { name: /^Chat/ }).click();
    const words = mia.page.getByRole('alert').filter({ hasText: 'The meeting goes on' });
    await words.waitFor();
    await mia.page.getByRole('button', { name: 'Leave' }).waitFor();
    await mia.page.getByRole('button', { name: 'Polls' }).click();
    await mia.page.getByRole('article', { name: 'Lunch?' }).waitFor();
    await mia.page.getByRole('button', { name: /^Chat/ }).click();
    await words.waitFor();
    await mia.page.evaluate('mend()');
    await mia.press('Open again');
    await mia.page.getByRole('heading', { name: 'Chat' }).waitFor();
    await write(mia, 'Back');
    await readsLast(mia, 'Back');
  }, 120_000);
});
