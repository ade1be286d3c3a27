/** One meeting, from its door to its end. */
import type { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { noToasts, shoot } from './shoot.ts';
import { openSlide } from './slide.ts';
import { shootStill } from './still.ts';

export interface People {
  mia: Participant;
  /** Shares a tab. */
  ben: Participant;
  zoe: Participant;
  tom: Participant;
}

const button = ({ page }: Participant, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).first();

async function ask(person: Participant, link: string, password: string): Promise<void> {
  const { page } = person;
  if (page.url() !== link) await page.goto(link);
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Password of the meeting').fill(password);
  await button(person, 'Ask to join').click();
}

const bar = ({ page }: Participant, name: string | RegExp) =>
  page.getByRole('toolbar').getByRole('button', { name });

async function act(mia: Participant, name: string, action: string): Promise<void> {
  await button(mia, `What you can do for ${name}`).click();
  await mia.page.getByRole('menuitem', { name: action, exact: true }).click();
}

export async function shootDoor(
  { mia, ben, zoe, tom }: People,
  link: string,
  password: string,
): Promise<void> {
  await mia.prepareToJoin(link);
  await shoot(mia.page, 'prejoin');
  await mia.clickJoin();
  await mia.page.getByText(/only one here/i).waitFor();
  await shoot(mia.page, 'meeting-alone');

  await ask(zoe, link, 'not the password');
  await zoe.page.getByText('That isn’t the password').first().waitFor();
  await shoot(zoe.page, 'password');
  await ask(zoe, link, password);
  await ask(tom, link, password);
  await mia.page.getByText('and 1 other want to join').first().waitFor();
  await noToasts(mia.page);
  await shoot(mia.page, 'knock');
  await mia.press('View');
  await mia.page.getByLabel('Message to those who wait').fill('Two minutes, we are just finishing');
  await mia.press('Send');
  await zoe.page.getByText('Two minutes').waitFor();
  await shoot(zoe.page, 'waiting');
  await noToasts(mia.page);
  await shoot(mia.page, 'lobby');
  await mia.press('Admit all');
  await ask(ben, link, password);
  await mia.press(`Admit ${ben.name}`);
  for (const { page } of [zoe, tom, ben]) await page.getByRole('button', { name: 'Leave' }).waitFor();
}

export async function shootMeeting({ mia, ben, zoe, tom }: People): Promise<void> {
  const { page } = mia;
  const file = { name: 'agenda.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(48_000, 'agenda') };
  await button(mia, 'Close People').click();
  await ben.press('Mute');
  await tom.press('Mute');
  await zoe.press('Turn camera off');
  for (const { name } of [ben, tom]) await mia.seesMoving(name);
  await mia.waitForTile(zoe.name, { 'data-speaking': 'true', 'data-video': 'off' });
  await noToasts(page);
  await shoot(page, 'meeting');
  await zoe.press('Turn camera on');
  await mia.seesMoving(zoe.name);
  await shootStill(mia, tom);

  await bar(mia, /^Chat/).click();
  await bar(ben, /^Chat/).click();
  const say = async (who: Participant, text: string) => {
    const field = who.page.getByRole('textbox', { name: 'Message to everyone' });
    await field.fill(text);
    await field.press('Enter');
    await mia.page.getByText(text).last().waitFor();
  };
  await say(ben, 'Morning all, the agenda is in here');
  await ben.page.locator('input[type=file]').setInputFiles(file);
  await button(mia, /^agenda\.pdf .*Save$/).waitFor();
  await say(mia, 'Thanks! Last week’s notes: https://example.org/notes');
  await say(ben, 'I can show the roadmap after that');
  await shoot(page, 'chat');

  await bar(mia, /^Polls/).click();
  await button(mia, 'New poll').click();
  await page.getByLabel('Question').fill('Ship the new search this week?');
  await page.getByLabel('Answer 1').fill('Yes');
  await page.getByLabel('Answer 2').fill('After another round of tests');
  await mia.press('Ask');
  for (const [who, answer] of [
    [mia, 'Yes'],
    [zoe, 'Yes'],
    [ben, 'After another round of tests'],
  ] as const) {
    if (who !== mia) await bar(who, /^Polls/).click();
    await who.page.getByRole('radio', { name: answer }).check();
  }
  await page.getByText('3 people have voted').waitFor();
  await shoot(page, 'polls');

  await bar(mia, /^People/).click();
  await page.getByRole('list', { name: 'People in the meeting' }).waitFor();
  await shoot(page, 'people');
  await button(mia, `What you can do for ${ben.name}`).click();
  await page.getByRole('menuitem', { name: 'Show to everyone' }).waitFor();
  await shoot(page, 'host-tools');
  await page.getByRole('menuitem', { name: 'Show to everyone' }).click();
  await button(mia, 'Close People').click();
  await noToasts(page);
  await shoot(page, 'spotlight');
  await bar(mia, /^People/).click();
  await act(mia, ben.name, 'Stop showing to everyone');
  await button(mia, 'Close People').click();

  await zoe.press('Raise hand');
  const hands = page.getByRole('list', { name: 'Raised hands, in order' });
  await hands.getByText(zoe.name).waitFor();
  await tom.press('Raise hand');
  await hands.getByText(tom.name).waitFor();
  await page
    .getByText(/raised/)
    .first()
    .waitFor();
  await noToasts(page);
  const react = async (who: Participant, name: string) => {
    if (!(await button(who, name).isVisible())) await bar(who, 'React').click();
    await button(who, name).click();
  };
  await shoot(page, 'hands-and-reactions', {
    passing: async () => {
      await until('no reactions', async () => (await page.locator('[data-reaction]').count()) === 0);
      // One after the other, so that they rise above each other.
      for (const [index, [who, name]] of [
        [ben, 'Laughing'] as const,
        [zoe, 'Surprised'] as const,
        [tom, 'Heart'] as const,
      ].entries()) {
        await react(who, name);
        await page.waitForFunction((count) => {
          const shown = [...document.querySelectorAll('[data-reaction]')];
          const last = shown.at(count - 1)?.getAnimations()[0]?.currentTime;
          return Number(last) > 500;
        }, index + 1);
      }
    },
  });
  for (const who of [zoe, tom]) {
    await who.page.keyboard.press('Escape');
    await who.press('Lower hand');
  }

  await openSlide(ben);
  await ben.page.keyboard.press('Escape');
  await bar(ben, 'Share screen').click();
  const share = mia.tile(`${ben.name}’s screen`).locator('video');
  await until('the share', () => share.evaluate((video: HTMLVideoElement) => video.videoWidth >= 1280));
  await noToasts(page);
  await shoot(page, 'screen-share');
  await bar(ben, 'Stop sharing').click();
  await mia.waitForNoTile(`${ben.name}’s screen`);

  for (const [entry, name] of [
    ['Settings', 'settings'],
    ['Connection quality', 'quality'],
  ] as const) {
    await mia.press('More');
    await page.getByRole('menuitem', { name: entry }).click();
    if (name === 'quality') await page.getByText('Round trip').first().waitFor();
    await shoot(page, name);
    await (name === 'quality'
      ? button(mia, 'Close Connection quality').click()
      : page.keyboard.press('Escape'));
  }

  await bar(mia, /^People/).click();
  await act(mia, tom.name, 'Make viewer');
  await tom.page.getByText('You are a viewer').first().waitFor();
  await noToasts(tom.page);
  await shoot(tom.page, 'viewer');
  await mia.press('Leave');
  await button(mia, 'Rejoin').waitFor();
  await shoot(page, 'left');
  await mia.press('Rejoin');
  await mia.page.getByRole('button', { name: 'Leave' }).waitFor();
  await bar(mia, /^People/).click();
  await mia.press('End for all');
  await page.getByRole('alertdialog').getByRole('button', { name: 'End for all' }).click();
  await tom.page.getByText('A host has ended it for everyone').waitFor();
  await shoot(tom.page, 'ended');
}
