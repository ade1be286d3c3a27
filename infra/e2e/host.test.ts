/** Those who run a meeting, and those whom it concerns, each in a browser: what one does, and what the other sees. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SOURCE_KIND, type TrackSource } from '@vcallpe/shared';
import { hearsSentence, listenTo } from '../browser/hearing.ts';
import { Participant } from '../browser/participant.ts';
import { until } from '../browser/wait.ts';
import { handMadeMessages, type HandMade } from './hand-made.ts';
import { startService, type Service } from './service.ts';

describe('running a meeting', () => {
  let service: Service;
  let mia: Participant;
  let ben: Participant;
  let zoe: Participant;
  let link: string;
  /** What Ben writes to the server without his page. */
  let byHand: HandMade;

  beforeAll(async () => {
    service = await startService();
    [mia, ben, zoe] = (await Promise.all(
      ['Mia', 'Ben', 'Zoe'].map((name, index) =>
        Participant.open({ name, url: service.url, tone: 500 + index * 380 }),
      ),
    )) as [Participant, Participant, Participant];
    byHand = await handMadeMessages(ben);
    await Promise.all([mia, ben].map(listenTo));
    await mia.signUp('mia@example.org', 'correct horse battery');
    link = await mia.createRoom('Class');
    await changeSettings(async (dialog) => {
      await dialog.getByLabel('Let people in one by one').check();
      await dialog.getByLabel('Ask for a password').check();
      await dialog.getByLabel('Password', { exact: true }).fill('open sesame');
    });
    await mia.join(link);
  }, 900_000);

  afterAll(async () => {
    await Promise.all([mia, ben, zoe].map((person) => person?.close()));
    await service?.stop();
  }, 60_000);

  const dialogOf = (person: Participant) => person.page.getByRole('dialog');

  async function changeSettings(
    change: (dialog: ReturnType<typeof dialogOf>) => Promise<void>,
  ): Promise<void> {
    await mia.page.goto(`${service.url}/rooms`);
    await mia.page.getByRole('button', { name: 'More for Class' }).click();
    await mia.page.getByRole('menuitem', { name: 'Name and settings' }).click();
    await change(dialogOf(mia));
    await dialogOf(mia).getByRole('button', { name: 'Save' }).click();
    await dialogOf(mia).waitFor({ state: 'detached' });
  }

  async function ask(person: Participant, password: string): Promise<void> {
    await person.page.getByLabel('Password of the meeting').fill(password);
    await person.page.getByRole('button', { name: 'Ask to join', exact: true }).click();
  }

  const prepare = async (person: Participant) => {
    const { page } = person;
    await page.goto(link);
    await page.getByLabel('Your name').fill(person.name);
  };

  const reads = (person: Participant, text: string | RegExp) => person.page.getByText(text).first().waitFor();
  const row = (name: string) => mia.page.getByRole('listitem', { name, exact: true });

  const act = async (name: string, action: string) => {
    await mia.page.getByRole('button', { name: `What you can do for ${name}` }).click();
    await mia.page.getByRole('menuitem', { name: action, exact: true }).click();
  };

  it('password, lobby, every act of a host, viewer, lock, removal and the end, from both sides', async () => {
    // A wrong password is said in words, the right one leads to the door.
    await Promise.all([prepare(ben), prepare(zoe)]);
    await ask(ben, 'open says me');
    await reads(ben, 'That isn’t the password');
    await ask(ben, 'open sesame');
    await reads(ben, 'You’ll be let in soon');
    await reads(mia, 'Ben wants to join');
    await ask(zoe, 'open sesame');
    await reads(zoe, 'You’ll be let in soon');
    await reads(mia, 'Ben and 1 other want to join');

    // The list of who waits: a message, one in, one turned away.
    await mia.press('View');
    await mia.page.getByLabel('Message to those who wait').fill('Two minutes');
    await mia.press('Send');
    await Promise.all([ben, zoe].map((person) => reads(person, 'Two minutes')));
    await mia.press('Turn away Zoe');
    await reads(zoe, 'You can’t join this meeting');
    await mia.press('Admit Ben');
    await ben.page.getByRole('button', { name: 'Leave' }).waitFor();
    await mia.waitForTile('Ben', { 'data-video': 'on' });

    // Muted by the host; asked, and not forced, to unmute.
    await act('Ben', 'Mute');
    await hearsSentence(ben, 'Mia muted you');
    await mia.waitForTile('Ben', { 'data-muted': 'true' });
    await ben.page.getByRole('toolbar').getByRole('button', { name: 'Unmute', exact: true }).waitFor();
    await act('Ben', 'Ask to unmute');
    await reads(ben, 'Mia asks you to unmute');
    await ben.page
      .getByRole('group', { name: 'Mia asks you to unmute' })
      .getByRole('button', { name: 'Unmute', exact: true })
      .click();
    await mia.waitForTile('Ben', { 'data-muted': 'false' });
    await mia.press('Mute all');
    await hearsSentence(mia, '1 person was muted');
    await mia.waitForTile('Ben', { 'data-muted': 'true' });

    await act('Ben', 'Stop their video');
    await hearsSentence(ben, 'Mia stopped your camera');
    await mia.waitForTile('Ben', { 'data-video': 'off' });
    await ben.press('Turn camera on');
    await mia.waitForTile('Ben', { 'data-video': 'on' });

    await ben.press('Share screen');
    await mia.waitForTile('Ben’s screen');
    await act('Ben', 'Stop their share');
    await hearsSentence(ben, 'Mia stopped your share');
    await mia.waitForNoTile('Ben’s screen');
    await ben.page.getByRole('button', { name: 'Share screen' }).waitFor();

    await act('Ben', 'Show to everyone');
    await hearsSentence(ben, 'Mia shows you to everyone');
    await row('Ben').getByRole('img', { name: 'Shown to everyone' }).waitFor();
    await act('Ben', 'Stop showing to everyone');
    await hearsSentence(ben, 'Mia no longer shows you to everyone');

    // A viewer has no microphone and no camera, here and on the server.
    await act('Ben', 'Make viewer');
    await reads(ben, 'You are a viewer');
    await mia.waitForTile('Ben', { 'data-video': 'off' });
    await until('Ben to have no switches', async () => {
      const names = ['Mute', 'Unmute', 'Turn camera on', 'Turn camera off', 'Share screen'];
      const counts = names.map((name) => ben.page.getByRole('button', { name, exact: true }).count());
      return (await Promise.all(counts)).every((count) => count === 0);
    });
    await row('Ben').getByText('Viewer').waitFor();
    const forbidden = { code: 'FORBIDDEN' };
    for (const source of ['microphone', 'camera', 'screen', 'screenAudio'] as const) {
      await expect(byHand.request('produce', track(source))).rejects.toMatchObject(forbidden);
    }
    await expect(byHand.request('muteAll')).rejects.toMatchObject(forbidden);
    await expect(byHand.request('endMeeting')).rejects.toMatchObject(forbidden);
    await mia.waitForTile('Ben', { 'data-video': 'off', 'data-muted': 'true' });
    await act('Ben', 'Make host');
    await hearsSentence(ben, 'Mia made you a host');
    await row('Ben').getByText('Host').waitFor();
    await act('Ben', 'Make participant');
    await hearsSentence(ben, 'Mia made you a participant');

    // The lock is said to all, and holds for somebody new.
    // It is on when the server says so, and not with the click.
    await mia.page.getByLabel('Lock the meeting').click();
    await hearsSentence(ben, 'Mia locked the meeting');
    const kim = await zoe.another('Kim');
    await prepare(kim);
    await ask(kim, 'open sesame');
    await reads(kim, 'This meeting is locked');
    await mia.page.getByLabel('Lock the meeting').click();
    await mia.page.getByRole('switch', { name: 'Lock the meeting', checked: false }).waitFor();
    await ask(kim, 'open sesame');
    await reads(mia, 'Waiting (1)');
    await mia.press('Admit all');
    await mia.waitForTile('Kim');

    // Removed, with a question before it, and not back in.
    await act('Kim', 'Remove');
    await mia.page.getByRole('alertdialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await reads(kim, 'You were removed');
    await mia.waitForNoTile('Kim');
    await prepare(kim);
    await ask(kim, 'open sesame');
    await reads(kim, 'You can’t join this meeting');

    await mia.press('End for all');
    await mia.page.getByRole('alertdialog').getByRole('button', { name: 'End for all' }).click();
    await Promise.all([mia, ben].map((person) => reads(person, 'A host has ended it for everyone')));

    // And all of it is in the record.
    await mia.page.goto(`${service.url}/rooms`);
    await mia.page.getByRole('button', { name: 'More for Class' }).click();
    await mia.page.getByRole('menuitem', { name: 'Past meetings' }).click();
    await mia.page.getByRole('table').getByRole('link').first().click();
    await reads(mia, 'Mia turned Zoe away');
    await reads(mia, 'Mia ended the meeting for everyone');
    const downloading = mia.page.waitForEvent('download');
    await mia.press('Download as CSV');
    expect((await downloading).suggestedFilename()).toMatch(/^attendance-.*\.csv$/);

    // Refusals are errors of requests in the console of who was refused, and of nobody else.
    expect(mia.errors).toEqual([]);
  }, 600_000);
});

/** A request to send something, as the protocol has it. */
function track(source: TrackSource) {
  const [mimeType, clockRate] =
    SOURCE_KIND[source] === 'audio' ? (['audio/opus', 48_000] as const) : (['video/VP8', 90_000] as const);
  return {
    produceId: randomUUID(),
    transportId: randomUUID(),
    source,
    rtpParameters: {
      mid: '0',
      codecs: [{ mimeType, payloadType: 111, clockRate, ...(clockRate === 48_000 && { channels: 2 }) }],
      headerExtensions: [],
      encodings: [{ ssrc: 1_234 }],
      rtcp: { cname: 'by hand' },
    },
    paused: false,
  };
}
