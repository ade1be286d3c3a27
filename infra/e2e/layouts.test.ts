/** The stage with twelve people: which tiles are on it and where, as one's own page shows it, and that they have pictures. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Participant } from '../browser/participant.ts';
import { seeVideo } from '../browser/probe.ts';
import { until } from '../browser/wait.ts';
import { Crowd } from '../load/crowd.ts';
import type { Participant as Headless } from '../load/participant.ts';
import { forkMedia } from '../load/processes.ts';
import { openVenue } from '../load/venue.ts';
import { videoLayers } from '../load/video.ts';
import { startService, type Service } from './service.ts';
import { openPattern } from './share-pattern.ts';
import { largest, overlaps, tilesOf, type SeenTile } from './stage-tiles.ts';

/** Of the headless ones, the last has no camera. Neither has Kim, who shares the browser of Ben. */
const CROWD = ['Ada', 'Bo', 'Cem', 'Dana', 'Eli', 'Fay', 'Gus', 'Hana', 'Ida'];
const WITH_CAMERA = 8;
/** Nine tiles of 240 px fit into it, and not twelve. */
const WINDOW = { width: 900, height: 640 };

let service: Service;
let crowd: Crowd;
let mia: Participant;
let ben: Participant;
let kim: Participant;

beforeAll(async () => {
  service = await startService();
  [mia, ben] = await Promise.all([
    Participant.open({ name: 'Mia', url: service.url, viewport: WINDOW }),
    Participant.open({ name: 'Ben', url: service.url, viewport: WINDOW, sharesTab: 'Slides' }),
  ]);
  await mia.signUp('mia@example.org', 'correct horse battery');
  const link = await mia.createRoom('Class');
  const venue = await openVenue({
    url: service.url,
    room: new URL(link).pathname.split('/').at(-1) ?? '',
    participants: CROWD.length,
    onRateLimit: () => undefined,
    signal: new AbortController().signal,
  });
  const names = [...CROWD];
  crowd = new Crowd({
    admit: () => venue.admit(names.shift() ?? 'Nobody'),
    media: await forkMedia({ publishers: WITH_CAMERA, receivers: CROWD.length }),
    video: videoLayers(360, true),
    page: 1,
    bandwidthEstimation: 'twcc',
    seed: 1,
  });
  // Nobody is heard yet: both browsers have a microphone that beeps.
  for (const person of [mia, ben]) {
    await person.join(link);
    await person.press('Mute');
  }
  kim = await ben.another('Kim');
  await kim.page.goto(link);
  await kim.page.getByLabel('Your name').fill('Kim');
  await kim.clickJoin();
  for (const index of CROWD.keys()) await crowd.join({ publishes: index < WITH_CAMERA, speaks: false });
  expect(crowd.joinFailures).toEqual({});
}, 900_000);

afterAll(async () => {
  await crowd?.close();
  await Promise.all([mia, ben].map((person) => person?.close()));
  await service?.stop();
}, 60_000);

const headless = (name: string): Headless => {
  const found = crowd.participants[CROWD.indexOf(name)];
  if (!found) throw new Error(`${name} is not in`);
  return found;
};

const namesOf = (tiles: readonly SeenTile[]) => tiles.map(({ name }) => name);

/** Waits for `count` tiles that lie beside each other and, where a camera is on, have frames that go on. */
async function seesTiles(person: Participant, count: number): Promise<SeenTile[]> {
  const tiles = await until(`${person.name} to see ${count} tiles`, async () => {
    const seen = await tilesOf(person.page);
    return seen.length === count && overlaps(seen).length === 0
      ? seen
      : Promise.reject(new Error(namesOf(seen).join()));
  });
  for (const { name, video } of tiles) if (video) await decodes(person, name);
  return tiles;
}

async function decodes(person: Participant, name: string): Promise<void> {
  let first: number | undefined;
  await until(`${person.name} to get frames of ${name}`, async () => {
    const frames = (await seeVideo(person.page, name))?.frames;
    if (first === undefined || (frames !== undefined && frames < first)) first = frames;
    return first !== undefined && frames !== undefined && frames >= first + 3;
  });
}

async function choose(person: Participant, entry: string): Promise<void> {
  await person.press('More');
  await person.page.getByRole('menuitem', { name: entry, exact: true }).click();
  await person.page.getByRole('menu').waitFor({ state: 'detached' });
}

const seesLarge = (person: Participant, name: string) =>
  until(`${name} to be the large tile of ${person.name}`, async () => {
    const large = largest(await tilesOf(person.page));
    return large?.name === name || Promise.reject(new Error(`It is ${large?.name}`));
  });

const seesNoLarge = (person: Participant) =>
  until('tiles of one size', async () => {
    const tiles = await tilesOf(person.page);
    return tiles.length > 1 && largest(tiles) === undefined;
  });

const seesSpeaking = (person: Participant, name: string) =>
  person.waitForTile(name, { 'data-speaking': 'true' });

describe('a grid of twelve', () => {
  it('has pages, turned by button and by key, with everyone on one of them', async () => {
    const { page } = mia;
    await page.getByText('1 of 2').waitFor();
    const first = await seesTiles(mia, 9);
    expect(largest(first)).toBeUndefined();
    await mia.press('Next page');
    const second = await seesTiles(mia, 3);
    expect(await page.getByRole('button', { name: 'Next page' }).isDisabled()).toBe(true);
    expect([...namesOf(first), ...namesOf(second)].sort()).toEqual(
      ['Mia (you)', 'Ben', 'Kim', ...CROWD].sort(),
    );
    await mia.press('Previous page');
    await page.getByText('1 of 2').waitFor();
    await page.keyboard.press('PageDown');
    expect(namesOf(await seesTiles(mia, 3))).toEqual(namesOf(second));
    await page.keyboard.press('PageUp');
    expect(namesOf(await seesTiles(mia, 9))).toEqual(namesOf(first));
  }, 120_000);

  it('stays put while people speak; who is out of sight takes the place of one silent person', async () => {
    const before = await seesTiles(mia, 9);
    await headless('Ada').setSpeaking(true);
    await seesSpeaking(mia, 'Ada');
    expect(await tilesOf(mia.page)).toMatchObject(before.map(({ name, left, top }) => ({ name, left, top })));
    await headless('Hana').setSpeaking(true);
    await seesSpeaking(mia, 'Hana');
    const after = await tilesOf(mia.page);
    expect(after.map(({ name }, place) => name === before[place]?.name)).toEqual(
      after.map(({ name }) => name !== 'Hana'),
    );
    for (const name of ['Ada', 'Hana']) await headless(name).setSpeaking(false);
    await mia.waitForTile('Hana', { 'data-speaking': 'false' });
    expect(namesOf(await tilesOf(mia.page))).toEqual(namesOf(after));
  }, 120_000);

  it('hides oneself, and those without video', async () => {
    const hidden = ['Ida', 'Kim'];
    await choose(mia, 'Hide my own picture');
    expect(namesOf(await seesTiles(mia, 9))).not.toContain('Mia (you)');
    await choose(mia, 'Hide people without video');
    const names = namesOf(await seesTiles(mia, 9));
    for (const name of hidden) expect(names).not.toContain(name);
    // Without three of the twelve there is one page.
    expect(await mia.page.getByText('1 of 2').count()).toBe(0);
    await choose(mia, 'Show people without video');
    await choose(mia, 'Show my own picture');
    await mia.page.getByText('1 of 2').waitFor();
  }, 120_000);
});

describe('a large tile', () => {
  it('is whoever speaks, in speaker view', async () => {
    await choose(mia, 'Speaker view');
    await headless('Cem').setSpeaking(true);
    await seesLarge(mia, 'Cem');
    await decodes(mia, 'Cem');
    await headless('Cem').setSpeaking(false);
    await headless('Gus').setSpeaking(true);
    await seesLarge(mia, 'Gus');
    await headless('Gus').setSpeaking(false);
    await mia.waitForTile('Gus', { 'data-speaking': 'false' });
    // Nobody leaves the large place by falling silent.
    await seesLarge(mia, 'Gus');
    expect(overlaps(await tilesOf(mia.page))).toEqual([]);
    await choose(mia, 'Grid view');
    await seesNoLarge(mia);
  }, 120_000);

  it('is whom a host shows to everyone, and one’s own pin before that', async () => {
    await mia.page.keyboard.press('p');
    await mia.page.getByRole('button', { name: 'What you can do for Dana' }).click();
    await mia.page.getByRole('menuitem', { name: 'Show to everyone', exact: true }).click();
    await seesLarge(ben, 'Dana');
    await decodes(ben, 'Dana');
    const pinned = (await tilesOf(ben.page)).find(
      ({ name, video }) => video && !['Dana', 'Ben (you)'].includes(name),
    );
    if (!pinned) throw new Error('Ben sees nobody else');
    await ben.tile(pinned.name).hover();
    await ben.press(`Pin ${pinned.name}`);
    await seesLarge(ben, pinned.name);
    await decodes(ben, pinned.name);
    // For Ben only.
    await seesLarge(mia, 'Dana');
    await ben.press(`Unpin ${pinned.name}`);
    await seesLarge(ben, 'Dana');
    await mia.page.getByRole('button', { name: 'What you can do for Dana' }).click();
    await mia.page.getByRole('menuitem', { name: 'Stop showing to everyone', exact: true }).click();
    await seesNoLarge(ben);
    await mia.page.keyboard.press('p');
  }, 120_000);

  it('is what somebody shares, the one that was chosen, or none of them', async () => {
    const browser = ben.page.context().browser();
    if (!browser) throw new Error('Unreachable');
    await openPattern(browser, 'Slides', 5, 2_000);
    await ben.press('Share screen');
    await seesLarge(mia, 'Ben’s screen');
    await decodes(mia, 'Ben’s screen');
    const tiles = await tilesOf(mia.page);
    expect(tiles.length).toBeGreaterThan(2);
    expect(overlaps(tiles)).toEqual([]);

    await kim.press('Share screen');
    await mia.press('Kim’s screen');
    await seesLarge(mia, 'Kim’s screen');
    await decodes(mia, 'Kim’s screen');
    await mia.press('Grid');
    await seesNoLarge(mia);
    for (const name of ['Ben’s screen', 'Kim’s screen']) await decodes(mia, name);
    await mia.press('Ben’s screen');
    await seesLarge(mia, 'Ben’s screen');

    // A key goes round: grid, speaker, and the share again.
    await mia.page.keyboard.press('l');
    await seesNoLarge(mia);
    await mia.page.keyboard.press('l');
    await mia.page.getByText('Speaker view', { exact: true }).first().waitFor();
    await until('a person to be large', async () => {
      const large = largest(await tilesOf(mia.page));
      return large !== undefined && !large.name.endsWith('screen');
    });
    await mia.page.keyboard.press('l');
    await until('a share to be large', async () => largest(await tilesOf(mia.page))?.name.endsWith('screen'));
    for (const person of [ben, kim]) {
      await person.page.getByRole('toolbar').getByRole('button', { name: 'Stop sharing' }).click();
      await mia.waitForNoTile(`${person.name}’s screen`);
    }
    await choose(mia, 'Grid view');
    await seesNoLarge(mia);
    expect(await mia.page.getByRole('group', { name: 'What is large' }).count()).toBe(0);
  }, 120_000);
});

it('marks raised hands with their place in the order', async () => {
  /** Whom one finds on which of the two pages depends on who has spoken. */
  const turnTo = async (name: string) => {
    const { page } = mia;
    if ((await mia.tile(name).count()) === 0) {
      const onLast = await page.getByRole('button', { name: 'Next page' }).isDisabled();
      await page.keyboard.press(onLast ? 'PageUp' : 'PageDown');
    }
    await mia.waitForTile(name);
  };
  await ben.press('Raise hand');
  await turnTo('Ben');
  await mia.waitForTile('Ben', { 'data-hand': '1' });
  await kim.press('Raise hand');
  await turnTo('Kim');
  await mia.waitForTile('Kim', { 'data-hand': '2' });
  await mia.tile('Kim').getByRole('img', { name: 'Raised hand, number 2' }).waitFor();
  await ben.press('Lower hand');
  await mia.waitForTile('Kim', { 'data-hand': '1' });
  await turnTo('Ben');
  expect(await mia.tile('Ben').getAttribute('data-hand')).toBeNull();
  await kim.press('Lower hand');
  await turnTo('Kim');
  await until('no hand to be up', async () => !(await mia.tile('Kim').getAttribute('data-hand')));
  if (await mia.page.getByRole('button', { name: 'Previous page' }).isEnabled())
    await mia.press('Previous page');
}, 60_000);

it('follows whoever speaks in picture-in-picture', async () => {
  const floats = (name: string) =>
    until(`${name} to be in the window`, () =>
      mia.page.evaluate((label) => {
        const tile = document.querySelector(`[role="group"][aria-label="${CSS.escape(label)}"]`);
        const floating = document.pictureInPictureElement;
        if (!(floating instanceof HTMLVideoElement) || floating.paused) return false;
        return floating.srcObject === tile?.querySelector('video')?.srcObject;
      }, name),
    );
  const speaks = async (name: string) => {
    await headless(name).setSpeaking(true);
    await floats(name);
    await headless(name).setSpeaking(false);
  };
  await headless('Ada').setSpeaking(true);
  await seesSpeaking(mia, 'Ada');
  await headless('Ada').setSpeaking(false);
  await choose(mia, 'Picture-in-picture');
  await speaks('Bo');
  await speaks('Cem');
  await choose(mia, 'Close picture-in-picture');
  expect(await mia.page.locator('video[hidden]').count()).toBe(0);
}, 60_000);

it('fills the screen, and lets go of it', async () => {
  const isFull = () => mia.page.evaluate(() => document.fullscreenElement !== null);
  await mia.page.keyboard.press('f');
  await until('the whole screen', isFull);
  await choose(mia, 'Leave full screen');
  await until('the window again', async () => !(await isFull()));
  await mia.page.keyboard.press('?');
  const list = mia.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const line of ['Next layout', 'Full screen on or off']) await list.getByText(line).waitFor();
  await mia.page.keyboard.press('Escape');
  for (const who of [mia, ben]) expect({ [who.name]: who.errors }).toEqual({ [who.name]: [] });
}, 60_000);
