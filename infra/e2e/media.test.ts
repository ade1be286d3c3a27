/** Devices as the browser sees them: which are opened, which are let go of, and that a switch renegotiates nothing. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { startService, type Service } from './service.ts';

const VOICE = { Mia: 500, Ben: 880 };

interface Watched {
  /** Every track that a device has given to the page. */
  opened: MediaStreamTrack[];
  /** How often something else was negotiated for a connection than it had. */
  negotiations: number;
}

declare global {
  var watchedMedia: Watched;
}

let service: Service;
let mia: Participant;
let ben: Participant;
let link: string;

/** Counts what the page asks of the browser, from its next load on. */
async function watch({ page }: Participant): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { opened: [], negotiations: 0 };
    globalThis.watchedMedia = watched;
    const { getUserMedia } = MediaDevices.prototype;
    MediaDevices.prototype.getUserMedia = async function (...args) {
      const stream = await getUserMedia.apply(this, args);
      watched.opened.push(...stream.getTracks());
      return stream;
    };
    // Without the overload for callbacks, which TypeScript would take it for.
    const connections: { setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> } =
      RTCPeerConnection.prototype;
    const { setRemoteDescription } = connections;
    // A path that is restarted, as on a busy machine, has other ways to the same media.
    const ofTheWay = /^(o=|a=(ice-|candidate:|end-of-candidates|fingerprint:|setup:)).*$/gm;
    const had = new WeakMap<object, string | undefined>();
    connections.setRemoteDescription = function (description) {
      const media = description.sdp?.replace(ofTheWay, '');
      if (had.get(this) !== media) watched.negotiations += 1;
      had.set(this, media);
      return setRemoteDescription.call(this, description);
    };
  });
}

const opened = ({ page }: Participant) =>
  page.evaluate(() => watchedMedia.opened.map(({ kind, readyState }) => `${kind} ${readyState}`));

/** The id of the track that `person` hears from the other one. */
const heardTrack = async (person: Participant, name: string) => {
  const peerId = await person.tile(name).getAttribute('data-peer');
  return person.page.evaluate((id) => {
    const audio = document.querySelector<HTMLAudioElement>(`audio[data-peer="${id}"]`);
    return audio?.srcObject instanceof MediaStream ? audio.srcObject.getAudioTracks()[0]?.id : undefined;
  }, peerId);
};

async function choose({ page }: Participant, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

const act = async (action: string) => {
  await mia.page.getByRole('button', { name: 'What you can do for Ben' }).click();
  await mia.page.getByRole('menuitem', { name: action, exact: true }).click();
};

beforeAll(async () => {
  service = await startService();
  [mia, ben] = await Promise.all([
    Participant.open({ name: 'Mia', url: service.url, tone: VOICE.Mia }),
    Participant.open({ name: 'Ben', url: service.url, tone: VOICE.Ben }),
  ]);
  await watch(ben);
  await mia.signUp('mia@example.org', 'correct horse battery');
  link = await mia.createRoom('Devices');
  await mia.join(link);
  await ben.join(link);
}, 900_000);

afterAll(async () => {
  await Promise.all([mia, ben].map((person) => person?.close()));
  await service?.stop();
}, 60_000);

it('another microphone is heard on the same track, and nothing is negotiated for it', async () => {
  await mia.hears('Ben', VOICE.Ben);
  await ben.hears('Mia', VOICE.Mia);
  await ben.seesMoving('Mia');
  const before = await heardTrack(mia, 'Ben');
  const negotiated = () => ben.page.evaluate(() => watchedMedia.negotiations);
  const count = await negotiated();
  expect(await opened(ben)).toEqual(['audio live', 'video live']);

  await ben.press('Microphone and speaker');
  const microphones = ben.page.getByRole('menuitemradio', { name: /Audio Input/, checked: false });
  await microphones.last().click();
  await until('another microphone', async () => (await opened(ben)).length === 3);
  expect(await opened(ben)).toEqual(['audio ended', 'video live', 'audio live']);
  await mia.hears('Ben', VOICE.Ben);
  expect(await heardTrack(mia, 'Ben')).toBe(before);
  expect(await negotiated()).toBe(count);
}, 120_000);

it('a viewer holds no device, and gets them back by their own click only', async () => {
  await mia.page.keyboard.press('p');
  await act('Make viewer');
  await until('all devices to be let go of', async () =>
    (await opened(ben)).every((track) => track.endsWith('ended')),
  );
  await mia.hearsNothingFrom('Ben');
  await act('Make participant');
  await ben.page.getByRole('toolbar').getByRole('button', { name: 'Unmute', exact: true }).waitFor();
  expect((await opened(ben)).filter((track) => track.endsWith('live'))).toEqual([]);
  await ben.press('Unmute');
  await mia.hears('Ben', VOICE.Ben);
  await ben.press('Turn camera on');
  await mia.seesMoving('Ben');
}, 120_000);

it('preferences are there again after the page is loaded anew', async () => {
  await choose(ben, 'Speaker view');
  await choose(ben, 'Hide my own picture');
  await ben.waitForNoTile('Ben (you)');
  await ben.page.reload();
  await ben.join(ben.page.url());
  await ben.waitForTile('Mia');
  await ben.press('More');
  for (const entry of ['Grid view', 'Show my own picture']) {
    await ben.page.getByRole('menuitem', { name: entry, exact: true }).waitFor();
  }
  await ben.page.keyboard.press('Escape');
}, 120_000);

it('who comes as a viewer is asked for no device', async () => {
  await mia.press('Leave');
  await mia.page.goto(`${service.url}/rooms`);
  await mia.page.getByRole('button', { name: 'More for Devices' }).click();
  await mia.page.getByRole('menuitem', { name: 'Name and settings' }).click();
  const dialog = mia.page.getByRole('dialog');
  await dialog.getByLabel('New people only watch').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await mia.join(link);

  const zoe = await mia.another('Zoe');
  await watch(zoe);
  await zoe.page.goto(link);
  await zoe.page.getByText('You come in as a viewer').waitFor();
  await zoe.page.getByLabel('Your name').fill('Zoe');
  await zoe.clickJoin();
  await zoe.seesMoving('Mia');
  expect(await opened(zoe)).toEqual([]);
  for (const who of [mia, ben, zoe]) expect({ [who.name]: who.errors }).toEqual({ [who.name]: [] });
}, 120_000);
