/** `npm run screenshots`: every page at desktop and phone width, taken from the running product, into docs/screenshots. */
import type { BrowserOptions } from '../browser/chromium.ts';
import { Participant } from '../browser/participant.ts';
import { prepareBrowserRun } from '../browser/prepare.ts';
import { startService } from '../e2e/service.ts';
import { shootDoor, shootMeeting } from './meeting.ts';
import { guardDoor, shootDenied, shootPages, shootPast } from './pages.ts';
import { clearFolder, FOLDER, nameDevices } from './shoot.ts';
import { SLIDE_TITLE } from './slide.ts';
import { tapVideo } from './still.ts';

const PASSWORD = 'open sesame';

async function takeAll(url: string, people: Participant[]): Promise<void> {
  const open = async (name: string, options: BrowserOptions = {}) => {
    const person = await Participant.open({ name, url, ...options });
    people.push(person);
    await nameDevices(person.page);
    return person;
  };
  const mia = await open('Mia Okafor', {
    tone: 500,
    portrait: { wall: [120, 136], shirt: [140, 112], face: 150, hair: 40 },
  });
  await tapVideo(mia.page);
  const link = await shootPages(mia);
  const denied = await open('Nora', { grantMedia: false });
  await shootDenied(denied, link);
  await denied.close();
  await guardDoor(mia, PASSWORD);

  const ben = await open('Ben Adeyemi', {
    tone: 880,
    portrait: { wall: [136, 116], shirt: [112, 150], face: 110, hair: 28 },
    sharesTab: SLIDE_TITLE,
  });
  const zoe = await open('Zoë Lindqvist', {
    tone: 1330,
    portrait: { wall: [128, 124], shirt: [116, 128], face: 180, hair: 120 },
  });
  const tom = await open('Tom Hartley', {
    portrait: { wall: [112, 132], shirt: [128, 160], face: 165, hair: 70 },
  });
  await shootDoor({ mia, ben, zoe, tom }, link, PASSWORD);
  await shootMeeting({ mia, ben, zoe, tom });
  await shootPast(mia);
}

await prepareBrowserRun();
await clearFolder();
const service = await startService();
const people: Participant[] = [];
try {
  await takeAll(service.url, people);
} finally {
  await Promise.all(people.map((person) => person.close()));
  await service.stop();
}
console.log(`\nThe pictures are in ${FOLDER}`);
